using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Access;
using Plum.Data.Allocations;
using Plum.Data.Api;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Api;
using Plum.Domain.Shared;
using Plum.Tests.Shared;
using static Plum.Tests.Api.ApiWorld;

namespace Plum.Tests.Api;

/// <summary>Who is let in, how often, and what the same call twice comes to.</summary>
public class ApiDoorTests
{
    private const string Reasoned = """{"reason":"Summer awards","acceptPartial":false}""";

    [Fact]
    public async Task Without_a_key_that_is_in_use_nothing_opens()
    {
        await using var api = await CreateAsync();
        var (id, secret) = await api.HasKeyAsync();
        var pia = await api.Portal.VisitAsync(await api.Plum.HasAccountAsync("Bea Browser", Role.ProgrammeAdmin));

        foreach (var wrong in (string?[])[null, "nothing", secret + "x"])
        {
            var told = await ReadAsync(api.Client(wrong), api.Files);
            Assert.Equal((401, "api.key"), told.Problem);
            Assert.StartsWith("Bearer", told.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(401, (await ReadAsync(api.Client(null), "/api/v1/nothing/here")).Problem.Status);
        await pia.OpenAsync(api.Files); // a session is no key
        Assert.Equal("401", pia.Status);
        var http = api.Client(secret);
        Assert.Equal(200, (await ReadAsync(http, api.Files)).Status);
        await api.Plum.Get<ApiKeyService>().RevokeAsync(new RevokeApiKey(id, 0), api.World.Admin, default);
        Assert.Equal((401, "api.revoked"), (await ReadAsync(http, api.Files)).Problem);
        var short_ = api.Client((await api.HasKeyAsync(days: 1)).Secret);
        api.Plum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((401, "api.expired"), (await ReadAsync(short_, api.Files)).Problem);
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_say_and_its_owner_still_may()
    {
        await using var api = await CreateAsync();
        var reads = await api.OpenAsync(ApiScopes.AllocationsRead);
        var writes = await api.OpenAsync(ApiScopes.AllocationsWrite);
        var submits = await api.OpenAsync(ApiScopes.AllocationsSubmit);
        var reference = await api.CheckedAsync(writes, Csv(Good(1)));
        var path = $"/api/v1/allocations/{reference}";

        Assert.Equal((403, "api.scope"), (await api.GiveAsync(reads, Csv(Good(2)))).Problem);
        Assert.Equal((403, "api.scope"), (await api.GiveAsync(submits, Csv(Good(2)))).Problem);
        foreach (var list in (string[])[path, $"{path}/rows", $"{path}/errors", api.Files])
        {
            Assert.Equal(200, (await ReadAsync(reads, list)).Status);
            Assert.Equal((403, "api.scope"), (await ReadAsync(writes, list)).Problem);
        }

        Assert.Equal((403, "api.scope"), (await SubmitAsync(reads, reference, Reasoned)).Problem);
        Assert.Equal((403, "api.scope"), (await SubmitAsync(writes, reference, Reasoned)).Problem);
        await using (var db = api.Plum.Peek())
        {
            await db.UserRoles.Where(r => r.UserId == api.World.Admin.UserId).ExecuteDeleteAsync();
            db.AddRoles(api.World.Admin.UserId!.Value, [Role.Checker]);
            await db.SaveChangesAsync();
        }

        Assert.Equal(200, (await ReadAsync(reads, path)).Status);
        Assert.Equal((403, "shared.not-allowed"), (await SubmitAsync(submits, reference, Reasoned)).Problem);
    }

    [Theory]
    [EachDatabase]
    public async Task A_key_of_one_client_finds_nothing_of_another(string provider)
    {
        await using var api = await CreateAsync(provider);
        var ours = await api.OpenAsync();
        var reference = await api.CheckedAsync(ours, Csv(Good(1), Bad(2)));
        var bank = await api.Plum.HasClientAsync("BANK");
        await api.Plum.HasProgrammeAsync(bank, code: "BANKERS");
        var theirs = api.Client((await api.HasKeyAsync(client: bank)).Secret);
        var path = $"/api/v1/allocations/{reference}";

        foreach (var there in (string[])[path, $"{path}/rows", $"{path}/errors", "/api/v1/allocations/IPA-999999", "/api/v1/allocations/x"])
        {
            Assert.Equal((404, "shared.not-found"), (await ReadAsync(theirs, there)).Problem);
        }

        if (api.World.Programme.Code != "BANKERS")
        {
            Assert.Equal((404, "shared.not-found"), (await ReadAsync(theirs, api.Files)).Problem);
            Assert.Equal((404, "shared.not-found"), (await api.GiveAsync(theirs, Csv(Good(3)))).Problem);
        }

        Assert.Equal((404, "shared.not-found"), (await SubmitAsync(theirs, reference, Reasoned)).Problem);
        Assert.Equal((404, "shared.not-found"), (await ReadAsync(ours, "/api/v1/programmes/BANKERS/allocations")).Problem);
        Assert.Equal(200, (await ReadAsync(theirs, "/api/v1/programmes/bankers/allocations")).Status);
        Assert.Equal(AllocationState.Checked, (await api.World.FileAsync(AllocationReference.Parse(reference)!.Value)).State);
    }

    [Fact]
    public async Task An_address_or_a_method_that_there_is_not_is_a_problem_too()
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();

        Assert.Equal((404, "shared.not-found"), (await ReadAsync(http, "/api/v2/allocations")).Problem);
        Assert.Equal((405, "api.method"), (await SendAsync(http, HttpMethod.Delete, "/api/v1/allocations/IPA-1")).Problem);
    }

    [Theory]
    [EachDatabase]
    public async Task The_same_call_again_is_answered_as_before_and_another_under_its_key_is_refused(string provider)
    {
        await using var api = await CreateAsync(provider);
        var http = await api.OpenAsync();

        var first = await api.GiveAsync(http, Csv(Good(1)), "call-1");
        await api.Plum.Get<AllocationWork>().RunDueAsync(default);
        var again = await api.GiveAsync(http, Csv(Good(1)), "call-1");
        Assert.Equal(
            (first.Status, first.Location, first.Body!.ToJsonString()),
            (again.Status, again.Location, again.Body!.ToJsonString())
        );
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal((422, "api.key-reused"), (await api.GiveAsync(http, Csv(Good(2)), "call-1")).Problem);
        Assert.Equal((422, "api.key-reused"), (await SubmitAsync(http, first["reference"], Reasoned, "call-1")).Problem);
        Assert.Equal((409, "allocation.file-twice"), (await api.GiveAsync(http, Csv(Good(1)), "call-2")).Problem);
        Assert.Equal(202, (await api.GiveAsync(await api.OpenAsync(), Csv(Good(3)), "call-1")).Status); // another key's own

        var submitted = await SubmitAsync(http, first["reference"], Reasoned, "submit-1");
        Assert.Equal((202, "submitted"), (submitted.Status, submitted["state"]));
        Assert.Equal(
            (202, "submitted"),
            ((await SubmitAsync(http, first["reference"], Reasoned, "submit-1")) is var s ? (s.Status, s["state"]) : default)
        );
        Assert.Single(await api.World.RequestsAsync(AllocationReference.Parse(first["reference"])!.Value));
    }

    [Fact]
    public async Task The_same_form_again_is_the_same_call_though_its_boundary_is_another()
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();
        Task<Heard> SendFormAsync(string csv) =>
            SendAsync(
                http,
                HttpMethod.Post,
                api.Files,
                new MultipartFormDataContent { { new StringContent(csv), "file", "a.csv" } },
                "form-1"
            );

        var first = await SendFormAsync(Csv(Good(1)));

        Assert.Equal(
            (202, first["reference"]),
            ((await SendFormAsync(Csv(Good(1)))) is var again ? (again.Status, again["reference"]) : default)
        );
        Assert.Equal((422, "api.key-reused"), (await SendFormAsync(Csv(Good(2)))).Problem);
    }

    [Fact]
    public async Task A_call_that_failed_can_be_put_right_under_its_key_and_a_key_that_is_none_is_refused()
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();

        Assert.Equal((422, "allocation.no-rows"), (await api.GiveAsync(http, Header, "call-1")).Problem);
        Assert.Equal(202, (await api.GiveAsync(http, Csv(Good(1)), "call-1")).Status);
        foreach (var wrong in (string[])[new string('k', 1000), "naïve"])
        {
            Assert.Equal((400, "api.idempotency-key"), (await api.GiveAsync(http, Csv(Good(2)), wrong)).Problem);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Of_calls_under_one_key_at_once_one_is_done_and_none_twice(string provider)
    {
        await using var api = await CreateAsync(provider);
        var http = await api.OpenAsync();

        var heard = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.GiveAsync(http, Csv(Good(1)), "call-1")));

        Assert.All(heard, h => Assert.Contains(h.Status, (int[])[202, 409]));
        Assert.All(heard.Where(h => h.Status == 409), h => Assert.Equal("api.in-flight", h["code"]));
        var reference = Assert.Single(heard.Where(h => h.Status == 202).Select(h => h["reference"]).Distinct());
        Assert.Equal(reference, (await api.GiveAsync(http, Csv(Good(1)), "call-1"))["reference"]);
        await using var db = api.Plum.Peek();
        Assert.Single(await db.AllocationFiles.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Of_sixteen_that_begin_at_once_under_one_key_one_may(string provider)
    {
        await using var api = await CreateAsync(provider);
        var (id, _) = await api.HasKeyAsync();
        var answers = api.Plum.Get<ApiAnswers>();

        for (var round = 0; round < 5; round++)
        {
            var turns = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(_ => Task.Run(() => answers.BeginAsync(id, $"call-{round}", default)))
            );

            Assert.Single(turns.OfType<ApiTurn.Mine>());
            Assert.Equal(15, turns.OfType<ApiTurn.UnderWay>().Count());
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_call_under_way_holds_its_key_until_it_is_believed_dead_and_what_it_did_is_found(string provider)
    {
        await using var api = await CreateAsync(provider);
        var (id, secret) = await api.HasKeyAsync();
        var (http, answers) = (api.Client(secret), api.Plum.Get<ApiAnswers>());
        Assert.IsType<ApiTurn.Mine>(await answers.BeginAsync(id, "call-1", default));

        var busy = await api.GiveAsync(http, Csv(Good(1)), "call-1");
        Assert.Equal((409, "api.in-flight"), busy.Problem);
        Assert.NotNull(busy.Headers.RetryAfter);

        // Killed after the file was taken, and before its answer was kept.
        using (var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Csv(Good(1)))))
        {
            Assert.IsType<Outcome.Done>(
                await api
                    .Plum.Get<AllocationService>()
                    .UploadAsync(
                        new UploadAllocation(api.World.Programme.Id, "a.csv", new GivenAllocation($"{id:N}/call-1", IsRows: false)),
                        content,
                        api.World.Admin,
                        default
                    )
            );
        }

        api.Plum.Clock.Advance(ApiAnswer.Lease);
        var told = await api.GiveAsync(http, Csv(Good(1)), "call-1");
        Assert.Equal((202, "IPA-1001"), (told.Status, told["reference"]));
        await using var db = api.Plum.Peek();
        Assert.Single(await db.AllocationFiles.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Answers_are_kept_for_a_day_and_then_swept(string provider)
    {
        await using var api = await CreateAsync(provider);
        var (http, answers) = (await api.OpenAsync(), api.Plum.Get<ApiAnswers>());
        await api.GiveAsync(http, Csv(Good(1)), "call-1");

        api.Plum.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await answers.SweepAsync(default));
        Assert.Equal(202, (await api.GiveAsync(http, Csv(Good(1)), "call-1")).Status);
        api.Plum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await answers.SweepAsync(default));
        Assert.Equal((409, "allocation.file-twice"), (await api.GiveAsync(http, Csv(Good(1)), "call-1")).Problem);
    }

    [Fact]
    public async Task A_key_that_calls_too_often_is_told_when_to_go_on_and_the_others_go_on()
    {
        await using var api = await CreateAsync("Sqlite", ("Api:CallsPerMinute", "3"), ("Api:FailuresPerMinute", "2"));
        var (one, other) = (await api.OpenAsync(), await api.OpenAsync());
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(200, (await ReadAsync(one, api.Files)).Status);
        }

        var told = await ReadAsync(one, api.Files);
        Assert.Equal((429, "api.too-many"), told.Problem);
        Assert.InRange(told.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(200, (await ReadAsync(other, api.Files)).Status);

        var guesses = new List<int>();
        for (var n = 0; n < 3; n++)
        {
            guesses.Add((await ReadAsync(api.Client($"guess {n}"), api.Files)).Status);
        }

        Assert.Equal([401, 401, 429], guesses);
        Assert.Equal(200, (await ReadAsync(other, api.Files)).Status); // from the same address, with its key
    }

    [Fact]
    public async Task The_document_names_every_route_and_the_page_shows_them_without_anything_from_elsewhere()
    {
        await using var api = await CreateAsync();
        var http = api.Client(null);
        var routes = api
            .Portal.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal)
            .ToList();

        var document = (await ReadAsync(http, "/openapi/v1.json")).Body!;
        Assert.Equal(
            routes,
            document["paths"]!
                .AsObject()
                .SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}"))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(6, routes.Count);
        var give = document["paths"]!["/api/v1/programmes/{code}/allocations"]!["post"]!;
        Assert.Equal(
            ["application/json", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "multipart/form-data", "text/csv"],
            give["requestBody"]!["content"]!.AsObject().Select(c => c.Key).Order(StringComparer.Ordinal)
        );
        Assert.Contains("Idempotency-Key", give["parameters"]!.AsArray().Select(p => $"{p!["name"]}"));
        Assert.Equal(
            ["202", "400", "401", "403", "404", "409", "413", "415", "422", "429"],
            give["responses"]!.AsObject().Select(r => r.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal("bearer", $"{document["components"]!["securitySchemes"]!["key"]!["scheme"]}");

        var page = await api.Portal.Visit().OpenAsync("/api-docs");
        Assert.Equal("200", page.Status);
        Assert.All(routes, r => Assert.Contains(r.Split(' ')[1], page.Page.Body!.TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(
            page.Page.QuerySelectorAll("[src], link[href]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!),
            link => link.StartsWith("http", StringComparison.Ordinal) || link.StartsWith("//", StringComparison.Ordinal)
        );
    }
}
