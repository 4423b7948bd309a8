using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plum.Data.Audit;
using Plum.Data.Shared;

namespace Plum.Data.Migrations.SqlServer;

/// <summary>Written by hand: triggers are no part of the model.</summary>
[DbContext(typeof(SqlServerPlumDbContext))]
[Migration("20261122000001_AuditAppendOnly")]
internal sealed class AuditAppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var trigger in AuditTriggers.SqlServer())
        {
            migrationBuilder.Sql(trigger);
        }
    }
}
