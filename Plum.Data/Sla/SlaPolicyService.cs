using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

public sealed class SlaPolicyService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<Outcome> DrawAsync(DrawPolicy command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.EditSla)
                ?? CalendarService.Bound(by)
                ?? SlaRefusals.ForCode(command.Code)
                ?? Refusals.ForText("Name", command.Name, SlaPolicy.NameMaxLength)
                ?? SlaRefusals.ForTerms(command.Terms)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var policy = SlaPolicy.Draw(command.Code, command.Name);
        if (await db.SlaPolicies.AnyAsync(p => p.Code == policy.Code, ct))
        {
            return SlaRefusals.CodeTaken(policy.Code);
        }

        db.Add(policy); // which gives it its id
        var version = policy.Issue(command.Terms, note: null, by, now);
        db.Add(version);
        db.Add(AuditEntry.For(SlaStep.Room, policy.Code, "Policy drawn", by, now, after: Diff.Of(Fields(policy, version.Terms))));
        await db.SaveChangesAsync(ct);
        return new Outcome.Done(policy.Code);
    }

    /// <summary>Renames the policy, or issues its next version and has every open ticket under it reckoned again at once.</summary>
    public async Task<Outcome> ChangeAsync(ChangePolicy command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.EditSla)
                ?? CalendarService.Bound(by)
                ?? Refusals.ForText("Name", command.Name, SlaPolicy.NameMaxLength)
                ?? SlaRefusals.ForTerms(command.Terms)
                ?? SlaRefusals.ForNote(command.Note)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var policy = await db.SlaPolicies.SingleOrDefaultAsync(p => p.Id == command.Id, ct);
        if (policy is null)
        {
            return Refusals.NotFound;
        }

        db.Expect(policy, command.SeenVersion);
        var current = await db
            .SlaPolicyVersions.AsNoTracking()
            .SingleAsync(v => v.PolicyId == policy.Id && v.Number == policy.CurrentNumber, ct);
        var was = Fields(policy, current.Terms);
        policy.Rename(command.Name);
        var isNew = !current.Terms.Equals(command.Terms);
        if (isNew)
        {
            db.Add(policy.Issue(command.Terms, command.Note, by, now));
        }

        var (before, after) = Diff.Between(was, Fields(policy, command.Terms));
        if (after is null)
        {
            return policy.Version == command.SeenVersion ? new Outcome.Done(policy.Code) : new Outcome.Stale();
        }

        db.Add(AuditEntry.For(SlaStep.Room, policy.Code, "Policy changed", by, now, why: command.Note, before: before, after: after));
        var outcome = await db.SaveAsync(new Outcome.Done(policy.Code), ct);
        if (outcome is not Outcome.Done)
        {
            return outcome;
        }

        var clients = await db.Clients.Where(c => c.SlaPolicyId == policy.Id).Select(c => c.Id).ToListAsync(ct);
        var asked = isNew ? await SlaStep.AskAsync(db, clients, now, ct) : 0;
        await transaction.CommitAsync(ct);
        await SlaBatch.StartAsync(contexts, asked, now, ct);
        return outcome;
    }

    public async Task<IReadOnlyList<SlaPolicyRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (!CalendarService.MayRead(by))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await (
            from policy in db.SlaPolicies
            join version in db.SlaPolicyVersions
                on new { PolicyId = policy.Id, Number = policy.CurrentNumber } equals new { version.PolicyId, version.Number }
            orderby policy.Name, policy.Code
            select new SlaPolicyRow(
                policy.Id,
                policy.Code,
                policy.Name,
                version.Number,
                version.CreatedAtUtc,
                version.Who,
                db.Clients.Count(c => c.SlaPolicyId == policy.Id),
                db.Tickets.Count(t => t.Stage != Stage.Final && db.Clients.Any(c => c.Id == t.ClientId && c.SlaPolicyId == policy.Id))
            )
        ).ToListAsync(ct);
    }

    /// <summary>Null when there is none of that code, or it is not to be seen.</summary>
    public async Task<SlaPolicyView?> FindAsync(string code, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var policy = CalendarService.MayRead(by) ? await db.SlaPolicies.AsNoTracking().SingleOrDefaultAsync(p => p.Code == code, ct) : null;
        if (policy is null)
        {
            return null;
        }

        var clients = await db
            .Clients.Where(c => c.SlaPolicyId == policy.Id)
            .OrderBy(c => c.Name)
            .Select(c => new { c.Id, c.Name })
            .ToListAsync(ct);
        var ids = clients.ConvertAll(c => c.Id);
        var history = await db
            .SlaPolicyVersions.AsNoTracking()
            .Where(v => v.PolicyId == policy.Id)
            .OrderByDescending(v => v.Number)
            .Select(v => new SlaPolicyVersionRow(v.Id, v.Number, v.Terms, v.Note, v.Who, v.CreatedAtUtc))
            .ToListAsync(ct);
        return new SlaPolicyView(
            policy.Id,
            policy.Code,
            policy.Name,
            policy.Version,
            history,
            clients.ConvertAll(c => c.Name),
            await db.Tickets.CountAsync(t => t.Stage != Stage.Final && ids.Contains(t.ClientId), ct)
        );
    }

    /// <summary>For whoever gives a client its policy.</summary>
    public async Task<IReadOnlyList<SlaChoice>> ChoicesAsync(Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return CalendarService.MayRead(by)
            ? await db.SlaPolicies.OrderBy(p => p.Name).ThenBy(p => p.Code).Select(p => new SlaChoice(p.Id, p.Code, p.Name)).ToListAsync(ct)
            : [];
    }

    private static Dictionary<string, object?> Fields(SlaPolicy policy, SlaTerms terms)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = policy.Name,
            ["warnPercent"] = terms.WarnPercent,
            ["recipientPausesFirstResponse"] = terms.RecipientPausesFirstResponse,
            ["supplierPauses"] = terms.SupplierPauses,
        };
        foreach (var severity in Enum.GetValues<Severity>())
        {
            foreach (var target in Enum.GetValues<SlaTarget>())
            {
                fields[$"{severity}.{target}"] = terms.For(severity).Of(target);
            }
        }

        return fields;
    }
}
