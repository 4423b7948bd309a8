using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Data.Clients;

public sealed partial class ClientService
{
    public async Task<Outcome> RegisterAsync(RegisterClient command, Actor by, CancellationToken ct)
    {
        var code = command.Code?.Trim().ToUpperInvariant() ?? "";
        if (
            (
                by.LacksForAll(Act.EditClients)
                ?? ClientRefusals.ForCode(code)
                ?? ClientRefusals.ForName(command.Name)
                ?? ClientRefusals.ForTimeZone(command.TimeZoneId)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var taken = ClientRefusals.Taken(code);
        if (
            (
                (await db.Clients.AnyAsync(c => c.Code == code, ct) ? taken : null)
                ?? await MissingTermsAsync(db, command.CalendarId, command.SlaPolicyId, ct)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var client = Client.Register(code, command.Name, command.TimeZoneId, command.CalendarId, command.SlaPolicyId);
        db.Add(client);
        db.Add(
            AuditEntry.For(Room, client.Code, "Client registered", by, now, client.Id, after: Diff.Of(await FactsAsync(db, client, ct)))
        );
        return await db.SaveAsync(new Outcome.Done(client.Code), ct, taken);
    }

    /// <summary>A changed calendar or policy has the client's open tickets reckoned again, within seconds.</summary>
    public async Task<Outcome> ChangeAsync(ChangeClient command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditClients) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var client = await db.Clients.VisibleTo(by).SingleOrDefaultAsync(c => c.Id == command.Id, ct);
        if (client is null)
        {
            return Refusals.NotFound;
        }

        if (client.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var terms = command.Terms(client.Benchmarks);
        if ((ClientRefusals.ForTerms(terms) ?? await MissingTermsAsync(db, command.CalendarId, command.SlaPolicyId, ct)) is { } wrong)
        {
            return wrong;
        }

        var (before, wasActive, clockwork) = (await FactsAsync(db, client, ct), client.IsActive, (client.CalendarId, client.SlaPolicyId));
        client.Change(terms);
        var (was, became) = Diff.Between(before, await FactsAsync(db, client, ct));
        if (became is null)
        {
            return new Outcome.Done(client.Code);
        }

        var what = Switched.What("Client", wasActive, client.IsActive);
        db.Expect(client, command.SeenVersion);
        db.Add(AuditEntry.For(Room, client.Code, what, by, now, client.Id, before: was, after: became));
        var outcome = await db.SaveAsync(new Outcome.Done(client.Code), ct);
        if (outcome is Outcome.Done)
        {
            if (clockwork != (client.CalendarId, client.SlaPolicyId))
            {
                await SlaStep.AskAsync(db, [client.Id], now, ct);
            }

            await transaction.CommitAsync(ct);
        }

        return outcome;
    }

    public async Task<Outcome> AgreeBenchmarksAsync(AgreeBenchmarks command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditClients) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var client = await db.Clients.VisibleTo(by).SingleOrDefaultAsync(c => c.Id == command.ClientId, ct);
        if (client is null)
        {
            return Refusals.NotFound;
        }

        if (client.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        if (BenchmarkRefusals.Each(command.Benchmarks).FirstOrDefault() is { } wrong)
        {
            return wrong;
        }

        var before = client.Benchmarks.ToDictionary(b => b.Key, b => (object?)b.Value);
        client.Agree(command.Benchmarks);
        var (was, became) = Diff.Between(before, client.Benchmarks.ToDictionary(b => b.Key, b => (object?)b.Value));
        if (became is null)
        {
            return new Outcome.Done(client.Code);
        }

        db.Expect(client, command.SeenVersion);
        db.Add(AuditEntry.For(Room, client.Code, "Benchmarks agreed", by, now, client.Id, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(client.Code), ct);
    }

    private static async Task<Refusal?> MissingTermsAsync(PlumDbContext db, Guid calendarId, Guid policyId, CancellationToken ct) =>
        !await db.BusinessCalendars.AnyAsync(c => c.Id == calendarId, ct) ? ClientRefusals.NoCalendar
        : !await db.SlaPolicies.AnyAsync(p => p.Id == policyId, ct) ? ClientRefusals.NoPolicy
        : null;

    private static async Task<Dictionary<string, object?>> FactsAsync(PlumDbContext db, Client client, CancellationToken ct) =>
        new()
        {
            ["name"] = client.Name,
            ["timeZone"] = client.TimeZoneId,
            ["calendar"] = await db.BusinessCalendars.Where(c => c.Id == client.CalendarId).Select(c => c.Code).SingleAsync(ct),
            ["slaPolicy"] = await db.SlaPolicies.Where(p => p.Id == client.SlaPolicyId).Select(p => p.Code).SingleAsync(ct),
            ["reportCadence"] = client.Cadence.ToString(),
            ["accountTeamEmail"] = client.AccountTeamEmail,
            ["repeatWindowDays"] = client.RepeatWindowDays,
            ["reopenWindowDays"] = client.ReopenWindowDays,
            ["isActive"] = client.IsActive,
        };
}
