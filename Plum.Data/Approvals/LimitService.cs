using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>The limits and bands. A change of them is itself a request, which another person decides.</summary>
public sealed class LimitService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<IReadOnlyList<LimitRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.EditLimits) && !by.May(Act.ReadRequests))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var limits = await db
            .ApprovalLimits.AsNoTracking()
            .Where(l => !by.IsBound || l.PartnerId == by.PartnerId)
            .Select(l => new
            {
                Limit = l,
                Partner = db.PartnerInstitutions.Where(p => p.Id == l.PartnerId).Select(p => p.Name).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. limits
                .OrderBy(l => l.Partner ?? "", StringComparer.Ordinal)
                .ThenBy(l => l.Limit.Kind)
                .ThenBy(l => l.Limit.Currency, StringComparer.Ordinal)
                .ThenBy(l => l.Limit.Role)
                .Select(l => new LimitRow(
                    l.Limit.Id,
                    l.Limit.PartnerId,
                    l.Partner,
                    l.Limit.Role,
                    l.Limit.Kind,
                    l.Limit.Currency,
                    l.Limit.Values,
                    l.Limit.Version
                )),
        ];
    }

    public async Task<IReadOnlyList<BandRow>> BandsAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.EditLimits) && !by.May(Act.ReadRequests))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .ApprovalBands.AsNoTracking()
            .OrderBy(b => b.Kind)
            .ThenBy(b => b.Currency)
            .ThenBy(b => b.Above)
            .Select(b => new BandRow(b.Id, b.Kind, b.Currency, b.Above, b.Checkers, b.AsksSecondFactor, b.Version))
            .ToListAsync(ct);
    }

    /// <summary>The institutions whose people may have limits of their own.</summary>
    public async Task<IReadOnlyList<Person>> PartnersAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.EditLimits) || by.IsBound)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.PartnerInstitutions.OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new Person(p.Id, p.Name)).ToListAsync(ct);
    }

    public Task<Outcome> AskAsync(ChangeLimit command, Actor by, CancellationToken ct) =>
        AskAsync(
            new LimitChange(command, null),
            LimitRefusals.For(command.Kind, command.Currency, command.Values),
            $"Limit of {command.Role} for {RequestKinds.Words(command.Kind)} in {command.Currency}",
            new Money(command.Values?.Approve ?? 0, command.Currency ?? ""),
            $"limit:{command.PartnerId:n}:{command.Role}:{command.Kind}:{command.Currency}",
            command.Reason,
            by,
            ct
        );

    public Task<Outcome> AskAsync(ChangeBand command, Actor by, CancellationToken ct) =>
        AskAsync(
            new LimitChange(null, command),
            LimitRefusals.ForBand(command.Currency, command.Above, command.Checkers),
            $"{command.Checkers} checkers above {(Currencies.Exists(command.Currency) ? new Money(command.Above, command.Currency) : "")} for {RequestKinds.Words(command.Kind)}",
            new Money(command.Above, command.Currency ?? ""),
            $"band:{command.Kind}:{command.Currency}:{command.Above}",
            command.Reason,
            by,
            ct
        );

    private Task<Outcome> AskAsync(
        LimitChange change,
        Refusal? wrong,
        string title,
        Money amount,
        string key,
        string reason,
        Actor by,
        CancellationToken ct
    ) =>
        contexts.AuditedAsync(
            () => TryToAskAsync(change, wrong, title, amount, key, reason, by, ct),
            AuditSubject.Of(key),
            "change of limits",
            by,
            clock,
            ct
        );

    private async Task<Outcome> TryToAskAsync(
        LimitChange change,
        Refusal? wrong,
        string title,
        Money amount,
        string key,
        string reason,
        Actor by,
        CancellationToken ct
    )
    {
        if ((by.LacksForAll(Act.EditLimits) ?? wrong) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        return await RequestStep.KeepAsync(
            contexts,
            db =>
                RequestStep.MakeAsync(
                    db,
                    Act.EditLimits,
                    maker => new RequestTerms(
                        RequestKind.LimitChange,
                        title,
                        amount,
                        reason,
                        JsonSerializer.Serialize(change, JsonSerializerOptions.Web),
                        maker,
                        new Beneficiary(key, title),
                        OpenKey: key
                    ),
                    hold: [],
                    by,
                    now,
                    ct
                ),
            RequestRefusals.OpenAlready("Another request"),
            overtaken: null,
            ct
        );
    }
}

/// <param name="PartnerId">The institution whose people it binds; null for Plum's own.</param>
/// <param name="SeenVersion">Of the limit as it was shown; null when there was none.</param>
public sealed record ChangeLimit(
    Guid? PartnerId,
    Role Role,
    RequestKind Kind,
    string Currency,
    LimitValues Values,
    string Reason,
    int? SeenVersion = null
);

public sealed record ChangeBand(
    RequestKind Kind,
    string Currency,
    long Above,
    int Checkers,
    bool AsksSecondFactor,
    string Reason,
    int? SeenVersion = null
);

/// <summary>The payload of a change of limits: one of the two.</summary>
public sealed record LimitChange(ChangeLimit? Limit, ChangeBand? Band);
