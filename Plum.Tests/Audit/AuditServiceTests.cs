using Plum.Data.Audit;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Audit;

public class AuditServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task The_explorer_pages_newest_first_without_overlap(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        for (var i = 0; i < 5; i++)
        {
            await plum.HasTicketAsync();
        }

        var audit = plum.Get<AuditService>();
        var first = await audit.ListAsync(new AuditQuery(Take: 3), PlumDatabase.Auditor, default);
        var second = await audit.ListAsync(new AuditQuery(Take: 3, Before: first!.Rows[^1].Id), PlumDatabase.Auditor, default);

        Assert.Equal(["PLM-1005", "PLM-1004", "PLM-1003"], first.Rows.Select(r => r.Subject));
        Assert.Equal(["PLM-1002", "PLM-1001"], second!.Rows.Select(r => r.Subject));
        Assert.Equal((true, false), (first.More, second.More));
    }

    [Theory]
    [EachDatabase]
    public async Task Each_filter_narrows(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME");
        var nord = await plum.HasClientAsync("NORD");
        await plum.HasTicketAsync(acme);
        plum.Clock.Advance(TimeSpan.FromHours(1));
        await plum.HasTicketAsync(nord);
        var later = plum.Now;

        Assert.Equal(["PLM-1001"], await SubjectsAsync(new AuditQuery(Subject: "PLM-1001")));
        Assert.Equal(["PLM-1002"], await SubjectsAsync(new AuditQuery(ClientId: nord.Id)));
        Assert.Equal(["PLM-1002"], await SubjectsAsync(new AuditQuery(FromUtc: later)));
        Assert.Equal(["PLM-1001"], await SubjectsAsync(new AuditQuery(UntilUtc: later)));
        Assert.Equal(["PLM-1002", "PLM-1001"], await SubjectsAsync(new AuditQuery(Who: "Lea", What: "Opened", Room: "Tickets")));
        Assert.Empty(await SubjectsAsync(new AuditQuery(Who: "Ada")));
        Assert.Empty(await SubjectsAsync(new AuditQuery(Room: "Clients")));
        Assert.Empty(await SubjectsAsync(new AuditQuery(What: "Moved")));

        async Task<IEnumerable<string>> SubjectsAsync(AuditQuery query) =>
            (await plum.Get<AuditService>().ListAsync(query, PlumDatabase.Auditor, default))!.Rows.Select(r => r.Subject);
    }

    [Theory]
    [EachDatabase]
    public async Task A_bound_auditor_sees_the_lines_of_the_own_client_only(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME");
        var nord = await plum.HasClientAsync("NORD");
        await plum.HasTicketAsync(acme);
        await plum.HasTicketAsync(nord);

        var page = await plum.Get<AuditService>().ListAsync(new AuditQuery(), PlumDatabase.Bound(nord, Role.Auditor), default);

        Assert.Equal([("PLM-1002", "NORD Corporation")], page!.Rows.Select(r => (r.Subject, r.Client!)));
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_read_the_audit_gets_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasTicketAsync();

        Assert.Null(await plum.Get<AuditService>().ListAsync(new AuditQuery(), PlumDatabase.Agent, default));
        Assert.Null(await plum.Get<AuditSealing>().StateAsync(PlumDatabase.Agent, default));
        await Assert.ThrowsAsync<RefusedException>(() => plum.Get<AuditSealing>().VerifyAsync(PlumDatabase.Agent, null, default));
        await Assert.ThrowsAsync<RefusedException>(async () =>
            await plum.Get<AuditService>().ExportAsync(new AuditQuery(), PlumDatabase.Agent, default).ToListAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task An_export_holds_every_line_oldest_first_and_tells_of_itself(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasTicketAsync();
        await plum.HasTicketAsync();

        var rows = await plum.Get<AuditService>().ExportAsync(new AuditQuery(Take: 1), PlumDatabase.Auditor, default).ToListAsync();

        Assert.Equal(["PLM-1001 Opened", "PLM-1002 Opened", "export Exported"], rows.Select(r => $"{r.Subject} {r.What}"));
    }
}
