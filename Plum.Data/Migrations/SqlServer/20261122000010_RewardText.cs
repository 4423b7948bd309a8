using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plum.Data.Shared;

namespace Plum.Data.Migrations.SqlServer;

/// <summary>
/// Written by hand: neither kind of index is part of the model. Any mixture of facets is read in the columnstore; words in the full-text
/// catalogue where the server has that feature, and by LIKE where it has not.
/// </summary>
[DbContext(typeof(SqlServerPlumDbContext))]
[Migration("20261122000010_RewardText")]
internal sealed class RewardText : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE NONCLUSTERED COLUMNSTORE INDEX [IX_Rewards_Facets] ON [Rewards] ([Number], [Kind], [Country], [Currency], [BrandId],
                [SupplierId], [DeliveryMinutes], [ValueBands], [IsActive]);
            """
        );

        // Full-text statements may not stand in a transaction. https://learn.microsoft.com/sql/t-sql/statements/create-fulltext-index-transact-sql
        Where("CREATE FULLTEXT INDEX ON [Rewards] ([Name] LANGUAGE 0, [Code] LANGUAGE 0) KEY INDEX [PK_Rewards] ON [PlumText] WITH STOPLIST = OFF");
        Where("CREATE FULLTEXT INDEX ON [Brands] ([Name] LANGUAGE 0) KEY INDEX [PK_Brands] ON [PlumText] WITH STOPLIST = OFF");

        void Where(string statement) =>
            migrationBuilder.Sql(
                $"IF CAST(SERVERPROPERTY('IsFullTextInstalled') AS int) = 1 EXEC (N'{statement}');",
                suppressTransaction: true
            );
    }
}
