using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Audit;

public class AuditChainTests
{
    [Theory]
    [EachDatabase]
    public async Task An_audit_entry_can_neither_be_changed_nor_deleted_nor_replaced(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasTicketAsync();
        await using var db = plum.Peek();

        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("UPDATE AuditEntries SET Who = 'Nobody'"));
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM AuditEntries"));
        if (provider == "Sqlite")
        {
            await Assert.ThrowsAnyAsync<Exception>(() =>
                db.Database.ExecuteSqlRawAsync(
                    "INSERT OR REPLACE INTO AuditEntries (Id, AtUtc, Who, What, Room, Subject) SELECT Id, AtUtc, 'Nobody', What, Room, Subject FROM AuditEntries"
                )
            );
        }

        Assert.Equal(["Lea Lead"], await db.AuditEntries.Select(e => e.Who).Distinct().ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Every_entry_is_sealed_once_and_the_chain_holds(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var sealing = plum.Get<AuditSealing>();
        for (var i = 0; i < 5; i++)
        {
            await plum.HasTicketAsync();
        }

        Assert.Equal(3, await sealing.SealAsync(batch: 3, default));
        Assert.Equal(2, await sealing.SealAsync(batch: 3, default));
        Assert.Equal(0, await sealing.SealAsync(batch: 3, default));

        Assert.Empty(await sealing.VerifyAsync(PlumDatabase.Auditor, null, default));
        var state = await sealing.StateAsync(PlumDatabase.Auditor, default);
        Assert.Equal((5, 0), (state!.Sealed, state.Waiting));
    }

    [Fact]
    public async Task A_change_behind_the_portals_back_is_found_and_located()
    {
        await using var plum = await SealedAsync(tickets: 6);
        await BehindTheBackAsync(plum, "UPDATE AuditEntries SET Who = 'Nobody' WHERE Id = 3");

        Assert.Equal(
            [new AuditFinding(AuditFindingKind.Changed, 3, 3)],
            await plum.Get<AuditSealing>().VerifyAsync(PlumDatabase.Auditor, null, default)
        );
    }

    [Fact]
    public async Task A_deleted_entry_is_found_and_located()
    {
        await using var plum = await SealedAsync(tickets: 6);
        await BehindTheBackAsync(plum, "DELETE FROM AuditEntries WHERE Id = 4");

        Assert.Equal(
            [new AuditFinding(AuditFindingKind.Missing, 4, 4)],
            await plum.Get<AuditSealing>().VerifyAsync(PlumDatabase.Auditor, null, default)
        );
    }

    [Fact]
    public async Task A_seal_that_is_gone_is_found_even_at_the_end_by_the_anchor()
    {
        await using var plum = await SealedAsync(tickets: 6);
        await BehindTheBackAsync(plum, "DELETE FROM AuditSeals WHERE Position IN (2, 6)");

        var findings = await plum.Get<AuditSealing>().VerifyAsync(PlumDatabase.Auditor, null, default);

        Assert.Equal([new AuditFinding(AuditFindingKind.Gap, 2, null), new AuditFinding(AuditFindingKind.Anchor, 6, null)], findings);
    }

    [Fact]
    public async Task A_chain_rewritten_as_a_whole_does_not_fit_the_anchor_outside()
    {
        await using var plum = await SealedAsync(tickets: 4);
        await BehindTheBackAsync(plum, "UPDATE AuditEntries SET Who = 'Nobody' WHERE Id = 2");
        await using (var db = plum.Peek())
        {
            AuditSeal? last = null;
            foreach (var entry in await db.AuditEntries.AsNoTracking().OrderBy(e => e.Id).ToListAsync())
            {
                last = AuditSeal.After(last, entry);
                await BehindTheBackAsync(
                    plum,
                    $"UPDATE AuditSeals SET Hash = X'{Convert.ToHexString(last.Hash)}' WHERE Position = {last.Position}"
                );
            }
        }

        Assert.Equal(
            [new AuditFinding(AuditFindingKind.Anchor, 4, 4)],
            await plum.Get<AuditSealing>().VerifyAsync(PlumDatabase.Auditor, null, default)
        );
    }

    [Fact]
    public async Task An_entry_that_commits_late_with_a_lower_id_is_sealed_after_its_elders()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using (var db = plum.Peek())
        {
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO AuditEntries (Id, AtUtc, Who, What, Room, Subject) VALUES (8, '2026-03-02 09:00:00', 'A', 'x', 'y', 'z')"
            );
            await plum.Get<AuditSealing>().SealAsync(100, default);
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO AuditEntries (Id, AtUtc, Who, What, Room, Subject) VALUES (5, '2026-03-02 09:00:00', 'B', 'x', 'y', 'z')"
            );
        }

        Assert.Equal(1, await plum.Get<AuditSealing>().SealAsync(100, default));

        Assert.Empty(await plum.Get<AuditSealing>().VerifyAsync(PlumDatabase.Auditor, null, default));
    }

    [Fact]
    public void No_two_entries_hash_alike_when_text_moves_between_fields()
    {
        var by = Actor.Job("a");
        var at = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

        var one = AuditChain.Hash(AuditChain.Genesis, AuditEntry.For("Tickets", "PLM-1", "Moved", by, at, why: "x", before: null));
        var two = AuditChain.Hash(AuditChain.Genesis, AuditEntry.For("Tickets", "PLM-1", "Moved", by, at, why: null, before: "x"));

        Assert.NotEqual(one, two);
    }

    private static async Task<PlumDatabase> SealedAsync(int tickets)
    {
        var plum = await PlumDatabase.CreateAsync();
        for (var i = 0; i < tickets; i++)
        {
            await plum.HasTicketAsync();
        }

        await plum.Get<AuditSealing>().SealAsync(100, default);
        return plum;
    }

    /// <summary>What a database administrator could do: take the triggers off, change, put nothing back.</summary>
    private static async Task BehindTheBackAsync(PlumDatabase plum, string sql)
    {
        await using var db = plum.Peek();
        string[] triggers =
        [
            .. new[] { AuditTriggers.Entries, AuditTriggers.Seals }.SelectMany(name =>
                new[] { "UPDATE", "DELETE", "REPLACE" }.Select(verb => $"DROP TRIGGER IF EXISTS {name}_{verb};")
            ),
        ];
        await db.Database.ExecuteSqlRawAsync(string.Concat(triggers));
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
