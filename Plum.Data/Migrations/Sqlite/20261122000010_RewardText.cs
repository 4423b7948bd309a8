using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plum.Data.Catalogue;
using Plum.Data.Shared;

namespace Plum.Data.Migrations.Sqlite;

/// <summary>Written by hand: the catalogue's text index and the triggers that keep it are no part of the model.</summary>
[DbContext(typeof(SqlitePlumDbContext))]
[Migration("20261122000010_RewardText")]
internal sealed class RewardText : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var statement in RewardTextSql.Tables.Concat(RewardTextSql.Create))
        {
            migrationBuilder.Sql(statement);
        }
    }
}
