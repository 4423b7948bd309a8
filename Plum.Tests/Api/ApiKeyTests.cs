using Microsoft.EntityFrameworkCore;
using Plum.Data.Api;
using Plum.Domain.Access;
using Plum.Domain.Api;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Api;

public class ApiKeyTests
{
    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task A_key_is_shown_once_and_kept_as_its_hash_and_every_verb_is_audited(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var pia = await plum.HasUserAsync("Pia Programme", Role.ProgrammeAdmin);
        var client = await plum.HasClientAsync();
        var keys = plum.Get<ApiKeyService>();

        var (made, secret) = await keys.MakeAsync(
            new MakeApiKey(client.Id, null, " Payroll ", ApiScopes.AllocationsRead | ApiScopes.AllocationsWrite, 30),
            pia,
            default
        );
        var row = Assert.Single((await keys.ListAsync(new ApiKeyListQuery(), pia, default)).Rows);
        Assert.Equal(
            ("Payroll", Assert.IsType<Outcome.Done>(made).Key, client.Name, "Pia Programme", ApiKeyState.Open),
            (row.Name, row.Prefix, row.ClientName, row.Owner, row.State)
        );
        Assert.Equal(plum.Now.AddDays(30), row.ExpiresAtUtc);
        Assert.Matches($"^plum_{row.Prefix}_[A-Za-z0-9_-]{{43}}$", secret);
        var (rotated, second) = await keys.RotateAsync(new RotateApiKey(row.Id, row.Version, TimeSpan.FromHours(1)), pia, default);
        Assert.IsType<Outcome.Done>(rotated);
        Assert.IsType<Outcome.Stale>(await keys.RevokeAsync(new RevokeApiKey(row.Id, row.Version), pia, default));
        Assert.IsType<Outcome.Done>(await keys.RevokeAsync(new RevokeApiKey(row.Id, row.Version + 1), pia, default));

        await using var db = plum.Peek();
        var kept = await db.ApiKeys.SingleAsync();
        Assert.DoesNotContain(secret![^43..], System.Text.Json.JsonSerializer.Serialize(kept), StringComparison.Ordinal);
        Assert.NotEqual(secret, second);
        Assert.Equal(
            ["API key made", "API key rotated", "API key revoked"],
            await db.AuditEntries.Where(a => a.Subject == $"api-key/{row.Prefix}").OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
        Assert.DoesNotContain(await db.AuditEntries.Select(a => a.After).ToListAsync(), after => after?.Contains(secret![^43..]) == true);
    }

    [Theory]
    [EachDatabase]
    public async Task A_secret_opens_until_it_is_replaced_its_grace_is_over_it_expires_or_its_owner_goes(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var pia = await plum.HasUserAsync("Pia Programme", Role.ProgrammeAdmin);
        var client = await plum.HasClientAsync();
        var (keys, access) = (plum.Get<ApiKeyService>(), plum.Get<ApiAccess>());
        var (_, first) = await keys.MakeAsync(new MakeApiKey(client.Id, null, "Payroll", ApiScopes.AllocationsRead, 2), pia, default);
        var row = (await keys.ListAsync(new ApiKeyListQuery(), pia, default)).Rows[0];

        var (caller, _) = await access.OpenAsync(first, default);
        Assert.Equal(
            (client.Id, pia.UserId, "Payroll (API key of Pia Programme)"),
            (caller!.Actor.ClientId, caller.Actor.UserId, caller.Actor.Name)
        );
        Assert.Equal([Act.ReadAllocations], caller.Actor.Acts);
        Assert.Equal(plum.Now, (await keys.ListAsync(new ApiKeyListQuery(), pia, default)).Rows[0].LastUsedAtUtc);
        foreach (
            var wrong in (string?[])
                [
                    null,
                    "",
                    "plum_",
                    first![..^1] + (first[^1] == 'A' ? 'B' : 'A'),
                    first + "A",
                    first.Replace(row.Prefix, "000000000000", StringComparison.Ordinal),
                ]
        )
        {
            Assert.Equal("api.key", (await access.OpenAsync(wrong, default)).Why?.Code);
        }

        var (_, second) = await keys.RotateAsync(new RotateApiKey(row.Id, row.Version, TimeSpan.FromHours(1)), pia, default);
        Assert.NotNull((await access.OpenAsync(first, default)).Caller);
        Assert.NotNull((await access.OpenAsync(second, default)).Caller);
        plum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("api.key", (await access.OpenAsync(first, default)).Why?.Code);
        Assert.NotNull((await access.OpenAsync(second, default)).Caller);
        await plum.HasDisabledAsync(pia);
        Assert.Equal("api.owner-gone", (await access.OpenAsync(second, default)).Why?.Code);
        plum.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("api.expired", (await access.OpenAsync(second, default)).Why?.Code);
    }

    [Theory]
    [EachDatabase]
    public async Task Who_may_make_rotate_and_see_which_keys(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, bank) = (await plum.HasClientAsync(), await plum.HasClientAsync("BANK"));
        var pia = await plum.HasUserAsync("Pia Programme", Role.ProgrammeAdmin);
        var ivo = await plum.HasUserAsync("Ivo Other", Role.ProgrammeAdmin);
        var bo = await plum.HasUserAsync("Bo Bank", Role.ProgrammeAdmin, bank);
        var ada = await plum.HasUserAsync("Ada Admin", Role.Administrator);
        var agent = await plum.HasUserAsync("Ana Agent");
        var keys = plum.Get<ApiKeyService>();
        async Task<(Outcome Outcome, string? Secret)> MakeAsync(
            Actor by,
            Guid client,
            Actor? owner = null,
            ApiScopes scopes = ApiScopes.AllocationsRead,
            int days = 9,
            string name = "Payroll"
        ) => await keys.MakeAsync(new MakeApiKey(client, owner?.UserId, name, scopes, days), by, default);

        Assert.Equal("shared.not-allowed", Code((await MakeAsync(agent, acme.Id)).Outcome));
        Assert.Equal("api.no-client", Code((await MakeAsync(bo, acme.Id)).Outcome));
        Assert.Equal("api.no-client", Code((await MakeAsync(pia, Guid.NewGuid())).Outcome));
        Assert.Equal("api.no-owner", Code((await MakeAsync(pia, acme.Id, ivo)).Outcome)); // only for oneself
        Assert.Equal("api.no-owner", Code((await MakeAsync(ada, acme.Id)).Outcome)); // may prepare no files
        Assert.Equal("api.no-owner", Code((await MakeAsync(ada, acme.Id, bo)).Outcome)); // of another client
        Assert.Equal("api.no-scope", Code((await MakeAsync(pia, acme.Id, scopes: ApiScopes.None)).Outcome));
        Assert.Equal("api.expiry", Code((await MakeAsync(pia, acme.Id, days: 0)).Outcome));
        Assert.Equal("api.expiry", Code((await MakeAsync(pia, acme.Id, days: ApiKey.MostDays + 1)).Outcome));
        Assert.Equal("shared.missing", Code((await MakeAsync(pia, acme.Id, name: " ")).Outcome));
        Assert.NotNull((await MakeAsync(ada, acme.Id, pia)).Secret);
        Assert.NotNull((await MakeAsync(bo, bank.Id)).Secret);

        var all = (await keys.ListAsync(new ApiKeyListQuery(), ada, default)).Rows;
        Assert.Equal(2, all.Count);
        var (ofAcme, ofBank) = (all.Single(k => k.ClientId == acme.Id), all.Single(k => k.ClientId == bank.Id));
        Assert.Equal([ofBank.Id], (await keys.ListAsync(new ApiKeyListQuery(), bo, default)).Rows.Select(k => k.Id));
        Assert.Empty((await keys.ListAsync(new ApiKeyListQuery(), agent, default)).Rows);
        Assert.Equal("shared.not-found", Code(await keys.RevokeAsync(new RevokeApiKey(ofAcme.Id, 0), bo, default)));
        Assert.Equal("shared.not-allowed", Code(await keys.RevokeAsync(new RevokeApiKey(ofAcme.Id, 0), agent, default)));
        Assert.Equal("api.not-owner", Code((await keys.RotateAsync(new RotateApiKey(ofAcme.Id, 0, TimeSpan.Zero), ivo, default)).Outcome));
        Assert.Equal(
            "api.grace",
            Code((await keys.RotateAsync(new RotateApiKey(ofAcme.Id, 0, TimeSpan.FromDays(8)), pia, default)).Outcome)
        );
        Assert.IsType<Outcome.Done>(await keys.RevokeAsync(new RevokeApiKey(ofAcme.Id, 0), ivo, default)); // whoever sees it may stop it
        Assert.Equal("api.revoked-already", Code(await keys.RevokeAsync(new RevokeApiKey(ofAcme.Id, 1), ivo, default)));
        Assert.Equal("api.revoked", Code((await keys.RotateAsync(new RotateApiKey(ofAcme.Id, 1, TimeSpan.Zero), pia, default)).Outcome));
    }
}
