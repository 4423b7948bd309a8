using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plum.Data.Shared;
using Plum.Data.Tickets;

namespace Plum.Data.Migrations.Sqlite;

/// <summary>Written by hand: the text index and the triggers that keep it are no part of the model.</summary>
[DbContext(typeof(SqlitePlumDbContext))]
[Migration("20261122000004_TicketQueue")]
internal sealed class TicketQueue : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var statement in TicketQueueTriggers.Tables.Concat(TicketQueueTriggers.Create))
        {
            migrationBuilder.Sql(statement);
        }
    }
}
