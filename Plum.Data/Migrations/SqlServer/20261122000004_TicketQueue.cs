using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plum.Data.Shared;

namespace Plum.Data.Migrations.SqlServer;

/// <summary>
/// Written by hand: neither kind of index is part of the model. Counts over any mixture of filters read the columnstore; searches read
/// the full-text catalogue where the server has that feature, and LIKE where it has not.
/// </summary>
[DbContext(typeof(SqlServerPlumDbContext))]
[Migration("20261122000004_TicketQueue")]
internal sealed class TicketQueue : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE NONCLUSTERED COLUMNSTORE INDEX [IX_Tickets_Queue] ON [Tickets] ([Id], [ClientId], [ProgrammeId], [Disposition], [Stage],
                [CategoryId], [Channel], [Severity], [OwnerId], [WaitingOn], [Level], [BrandId], [SupplierId], [CreatedAtUtc], [UpdatedAtUtc],
                [NextDueAtUtc], [NextWarnAtUtc], [IsSlaPaused], [BreachedTargets]);
            """
        );

        // Full-text statements may not stand in a transaction. https://learn.microsoft.com/sql/t-sql/statements/create-fulltext-index-transact-sql
        Where("CREATE FULLTEXT CATALOG [PlumText] WITH ACCENT_SENSITIVITY = OFF");
        Where("CREATE FULLTEXT INDEX ON [Tickets] ([Subject] LANGUAGE 0) KEY INDEX [PK_Tickets] ON [PlumText] WITH STOPLIST = OFF");
        Where("CREATE FULLTEXT INDEX ON [TicketMessages] ([Body] LANGUAGE 0) KEY INDEX [PK_TicketMessages] ON [PlumText] WITH STOPLIST = OFF");

        void Where(string statement) =>
            migrationBuilder.Sql(
                $"IF CAST(SERVERPROPERTY('IsFullTextInstalled') AS int) = 1 EXEC (N'{statement}');",
                suppressTransaction: true
            );
    }
}
