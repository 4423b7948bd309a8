using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plum.Data.Shared;

namespace Plum.Data.Migrations.Sqlite;

/// <summary>Written by hand: triggers are no part of the model. What was moved, and what was decided, is never changed.</summary>
[DbContext(typeof(SqlitePlumDbContext))]
[Migration("20261122000005_MoneyAppendOnly")]
internal sealed class MoneyAppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in new[] { "JournalEntries", "Postings", "RequestEvents" })
        {
            foreach (var trigger in AppendOnly.Sqlite(table))
            {
                migrationBuilder.Sql(trigger);
            }
        }
    }
}
