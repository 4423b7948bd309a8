using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

/// <summary>Rules about the code itself, so that a reviewer need not remember them.</summary>
public partial class HouseRules
{
    private const int LongestFile = 400;

    private static readonly Assembly Domain = typeof(Actor).Assembly;
    private static readonly Assembly Data = typeof(PlumDbContext).Assembly;
    private static readonly Assembly Portal = typeof(Program).Assembly;

    private static string Root { get; } = FindRoot();

    public static TheoryData<string> Contexts => ["Sqlite", "SqlServer"];

    [Theory]
    [MemberData(nameof(Contexts))]
    public void No_model_change_lacks_its_migration(string provider)
    {
        using DbContext db =
            provider == "Sqlite"
                ? new SqlitePlumDbContext(new DbContextOptionsBuilder<SqlitePlumDbContext>().UseSqlite().Options)
                : new SqlServerPlumDbContext(new DbContextOptionsBuilder<SqlServerPlumDbContext>().UseSqlServer().Options);

        Assert.False(db.Database.HasPendingModelChanges(), "Run Plum.Data/Migrations/remake.");
    }

    [Fact]
    public void The_domain_knows_neither_database_nor_web() =>
        Assert.DoesNotContain(Domain.GetReferencedAssemblies(), name => name.Name!.StartsWith("Microsoft.", StringComparison.Ordinal));

    [Fact]
    public void The_same_rooms_are_on_every_floor()
    {
        var domain = Rooms(Domain).ToList();

        Assert.Empty(Rooms(Data).Except([.. domain, "Migrations"]));
        Assert.Empty(Rooms(Portal).Except(domain));
        Assert.Empty(Rooms(typeof(HouseRules).Assembly).Except(domain));

        static IEnumerable<string> Rooms(Assembly floor) =>
            floor
                .GetTypes()
                .Where(t => t.IsPublic && t.Namespace?.StartsWith("Plum.", StringComparison.Ordinal) == true)
                .Select(t => t.Namespace!.Split('.'))
                .Where(n => n.Length > 2)
                .Select(n => n[2])
                .Distinct();
    }

    [Fact]
    public void No_hand_written_file_is_long() =>
        Assert.Empty(
            SourceFiles("*.cs", "*.razor")
                .Select(f => (Name: Path.GetRelativePath(Root, f), Lines: File.ReadLines(f).Count()))
                .Where(f => f.Lines > LongestFile)
        );

    [Fact]
    public void Every_page_says_who_may_open_it()
    {
        var pages = Portal.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any());

        Assert.Empty(
            pages
                .Where(p => p.GetCustomAttribute<AuthorizeAttribute>() is null && p.GetCustomAttribute<AllowAnonymousAttribute>() is null)
                .Select(p => p.FullName)
        );
    }

    [Fact]
    public void Every_place_in_the_rail_has_its_page_and_asks_for_the_same_act()
    {
        var pages = Portal
            .GetTypes()
            .SelectMany(t =>
                t.GetCustomAttributes<RouteAttribute>()
                    .Select(r => (r.Template, Policy: t.GetCustomAttribute<AuthorizeAttribute>()?.Policy))
            )
            .ToList();

        var places = Navigation.For(Enum.GetValues<Act>().ToHashSet()).SelectMany(g => g.Places);

        Assert.Empty(places.Where(p => !pages.Contains((p.Href, p.Policy))).Select(p => $"{p.Label} {p.Href} {p.Policy}"));
    }

    /// <summary>A service is a public class of Plum.Data named so; what returns an <see cref="Outcome"/> is a command.</summary>
    [Fact]
    public void Every_command_takes_an_actor()
    {
        var commands = Data.GetTypes()
            .Where(t => t is { IsPublic: true, IsClass: true })
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.ReturnType == typeof(Task<Outcome>))
            .ToList();

        Assert.NotEmpty(commands);
        Assert.Empty(
            commands
                .Where(m => m.GetParameters().All(p => p.ParameterType != typeof(Actor)))
                .Select(m => $"{m.DeclaringType!.Name}.{m.Name}")
        );
    }

    [Fact]
    public void A_refusal_code_stands_for_one_sentence()
    {
        var codes = SourceFiles("*.cs")
            .Where(f => !f.Contains("Plum.Tests", StringComparison.Ordinal))
            .SelectMany(f => RefusalCode().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .ToList();

        Assert.NotEmpty(codes);
        Assert.Empty(codes.CountBy(c => c).Where(c => c.Value > 1).Select(c => c.Key));
    }

    [Fact]
    public async Task A_change_without_an_audit_line_is_refused()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketAsync();
        await using var db = plum.CreateDbContext();
        db.Remove(await db.Tickets.SingleAsync(t => t.Id == ticket.Id));

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public void No_navigation_hides_where_it_leads_and_no_raw_markup_is_written() =>
        Assert.Empty(
            SourceFiles("*.razor", "*.cs")
                .Where(f => f.Contains("Plum.Portal", StringComparison.Ordinal) && RawMarkup().IsMatch(File.ReadAllText(f)))
                .Select(f => Path.GetRelativePath(Root, f))
                .Where(f => f != "Plum.Portal/Shared/Drawings.cs") // Plum's own icons: nothing of it was typed by anybody
        );

    private static IEnumerable<string> SourceFiles(params string[] patterns) =>
        patterns
            .SelectMany(pattern =>
                new[] { "Plum.Domain", "Plum.Data", "Plum.Portal", "Plum.Tests", "Plum.Bench" }.SelectMany(p =>
                    Directory.EnumerateFiles(Path.Combine(Root, p), pattern, SearchOption.AllDirectories)
                )
            )
            .Where(f =>
                !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            );

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("""new(?: Refusal)?\(\s*"([a-z-]+\.[a-z0-9-]+)",""")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"\(MarkupString\)|new MarkupString\(|AddMarkupContent\(")]
    private static partial Regex RawMarkup();
}
