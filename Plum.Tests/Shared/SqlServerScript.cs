using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Plum.Data.Shared;

namespace Plum.Tests.Shared;

/// <summary>
/// The script that SQL Server would be given, checked without a server: read by SQL Server's own parser and loaded as a model, so that a
/// trigger, index or key on something that is not there fails here.
/// </summary>
public class SqlServerScript
{
    private static readonly Lazy<string> Script = new(() =>
    {
        using var db = new SqlServerPlumDbContext(
            new DbContextOptionsBuilder<SqlServerPlumDbContext>().UseSqlServer("Server=none").Options
        );
        return db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
    });

    [Fact]
    public void Every_statement_of_the_migrations_parses()
    {
        var errors = new List<string>();

        var statements = Statements(Script.Value, errors);

        Assert.Empty(errors);
        Assert.True(statements.OfType<CreateTableStatement>().Count() >= 20, "The script makes every table."); // a script cut short would pass otherwise
    }

    [Fact]
    public void Every_reference_in_the_migrations_resolves()
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var generator = new Sql160ScriptGenerator();
        foreach (var statement in Statements(Script.Value, []).Where(IsOfTheModel))
        {
            generator.GenerateScript(statement, out var text);
            model.AddObjects(text);
        }

        var problems = model.Validate().Select(m => $"{m.Prefix}{m.Number}: {m.Message}");

        Assert.Empty(problems);
        Assert.Contains(
            model.GetObjects(DacQueryScopes.UserDefined, DmlTrigger.TypeClass),
            t => t.Name.Parts[^1] == "AuditEntries_AppendOnly"
        );
    }

    [Theory]
    [InlineData("ALTER TABLE [Tickets] ADD CONSTRAINT [Broken] FOREIGN KEY ([ClientId]) REFERENCES [Nowhere] ([Id]);")]
    [InlineData("CREATE INDEX [Broken] ON [Tickets] ([NoSuchColumn]);")]
    [InlineData("CREATE TRIGGER [Broken] ON [Nowhere] INSTEAD OF UPDATE AS THROW 51000, 'x', 1;")]
    public void A_broken_reference_would_be_found(string broken)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var generator = new Sql160ScriptGenerator();
        foreach (var statement in Statements(Script.Value, []).Where(IsOfTheModel))
        {
            generator.GenerateScript(statement, out var text);
            model.AddObjects(text);
        }

        model.AddObjects(broken);

        Assert.NotEmpty(model.Validate());
    }

    /// <summary>What declares a thing; inserts, guards and the history table's own rows are no part of a model.</summary>
    private static bool IsOfTheModel(TSqlStatement statement) =>
        statement
            is CreateTableStatement
                or CreateIndexStatement
                or CreateTriggerStatement
                or AlterTableAddTableElementStatement
                or CreateViewStatement
                or CreateSequenceStatement;

    private static List<TSqlStatement> Statements(string script, List<string> errors)
    {
        var parser = new TSql160Parser(initialQuotedIdentifiers: true);
        using var reader = new StringReader(script);
        var fragment = (TSqlScript)parser.Parse(reader, out var parseErrors);
        errors.AddRange(parseErrors.Select(e => $"line {e.Line}: {e.Message}"));
        return fragment.Batches.SelectMany(b => b.Statements).SelectMany(Unwrap).ToList();
    }

    /// <summary>EF Core guards its history table with an IF, and some statements stand in EXEC('...').</summary>
    private static IEnumerable<TSqlStatement> Unwrap(TSqlStatement statement) =>
        statement switch
        {
            IfStatement { ThenStatement: BeginEndBlockStatement block } => block.StatementList.Statements.SelectMany(Unwrap),
            BeginEndBlockStatement block => block.StatementList.Statements.SelectMany(Unwrap),
            _ => [statement],
        };
}
