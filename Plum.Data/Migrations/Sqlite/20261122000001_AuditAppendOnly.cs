using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plum.Data.Audit;
using Plum.Data.Shared;

namespace Plum.Data.Migrations.Sqlite;

/// <summary>Written by hand: triggers are no part of the model.</summary>
[DbContext(typeof(SqlitePlumDbContext))]
[Migration("20261122000001_AuditAppendOnly")]
internal sealed class AuditAppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var trigger in AuditTriggers.Sqlite())
        {
            migrationBuilder.Sql(trigger);
        }
    }
}
