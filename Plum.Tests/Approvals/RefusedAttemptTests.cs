using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

/// <summary>What was asked for in vain changes nothing, and stands in the audit with who asked and why not.</summary>
public class RefusedAttemptTests
{
    [Theory]
    [EachDatabase]
    public async Task A_correction_that_cannot_be_is_audited_on_its_ticket(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);

        var outcome = await world.Corrections.AskAsync(world.Refund(0), world.Maker, default);

        var why = Assert.IsType<Outcome.Refused>(outcome).Why;
        await using var db = world.Plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What.StartsWith("Refused"));
        Assert.Equal(
            ("Refused: correction", "PLM-1001", world.Maker.Name, why.Message, world.Plum.Now),
            (line.What, line.Subject, line.Who, line.Why, line.AtUtc)
        );
        Assert.False(await db.ApprovalRequests.AnyAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Who_comes_second_or_from_elsewhere_is_audited_and_the_request_stays_as_it_was(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(500));
        var stranger = await world.Plum.HasUserAsync("Stan Stranger", Role.Agent);
        await world.ApproveAsync(request);

        await world.ApproveAsync(request, world.Second);
        await world.RejectAsync(request, stranger);
        await world.Approvals.WithdrawAsync(new WithdrawRequest(request.Id, request.Version), stranger, default);

        await using var db = world.Plum.Peek();
        var lines = await db.AuditEntries.Where(a => a.What.StartsWith("Refused")).OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(
            [("Refused: approval", world.Second.Name), ("Refused: rejection", stranger.Name), ("Refused: withdrawn", stranger.Name)],
            lines.Select(l => (l.What, l.Who))
        );
        Assert.All(lines, l => Assert.Equal(RequestReference.Of(request.Id), l.Subject));
        Assert.Equal(RequestState.Approved, (await world.RequestAsync(request.Id)).State);
    }
}
