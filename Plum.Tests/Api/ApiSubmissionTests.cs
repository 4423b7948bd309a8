using Plum.Data.Api;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Tests.Shared;
using static Plum.Tests.Api.ApiWorld;

namespace Plum.Tests.Api;

public class ApiSubmissionTests
{
    private const string Reasoned = """{"reason":"Summer awards","acceptPartial":false}""";

    [Theory]
    [EachDatabase]
    public async Task What_a_key_submits_is_decided_by_a_person_who_never_saw_it_and_then_ordered(string provider)
    {
        await using var api = await CreateAsync(provider);
        var http = await api.OpenAsync();
        var reference = await api.CheckedAsync(http, Csv(Good(1), Bad(2)));
        var number = AllocationReference.Parse(reference)!.Value;

        Assert.Equal((422, "allocation.bad-rows"), (await SubmitAsync(http, reference, Reasoned)).Problem);
        Assert.Equal(AllocationState.Checked, (await api.World.FileAsync(number)).State);
        var submitted = await SubmitAsync(http, reference, """{"reason":"Summer awards","acceptPartial":true}""");
        Assert.Equal((202, "submitted"), (submitted.Status, submitted["state"]));
        Assert.Equal((409, "allocation.move"), (await SubmitAsync(http, reference, Reasoned)).Problem);

        // 25 pounds are within what Pia may do alone; a key may not.
        var request = Assert.Single(await api.World.RequestsAsync(number));
        Assert.Equal((1, api.World.Admin.UserId!.Value, 2500L), (request.StepsNeeded, request.MakerId, request.Amount.MinorUnits));
        Assert.Equal("pending", $"{(await ReadAsync(http, submitted.Location!)).Body!["requests"]![0]!["state"]}");
        await api.World.RunAsync();
        Assert.Equal(AllocationState.Submitted, (await api.World.FileAsync(number)).State);
        Assert.IsType<Outcome.Done>(await api.World.ApproveAsync(request));
        await api.World.RunAsync();

        var done = await ReadAsync(http, submitted.Location!);
        Assert.Equal(("finished", "1", "1"), (done["state"], done["funnel.ordered"], done["funnel.issued"]));
        var lines = (await ReadAsync(http, done["links.rows"])).Body!["data"]!.AsArray();
        Assert.Equal(["ordered issued queued", "bad  "], lines.Select(l => $"{l!["state"]} {l["orderState"]} {l["deliveryState"]}"));
        await api.World.BooksAreRightAsync();
    }

    [Fact]
    public async Task Whoever_saw_the_secret_does_not_decide_what_it_asked_for()
    {
        await using var api = await CreateAsync();
        var both = await api.Plum.HasUserAsync("Ada Admin", Role.Administrator);
        var (outcome, secret) = await api
            .Plum.Get<ApiKeyService>()
            .MakeAsync(new MakeApiKey(api.World.Client.Id, api.World.Admin.UserId, "Payroll", All, 9), both, default);
        Assert.IsType<Outcome.Done>(outcome);
        var http = api.Client(secret);
        var reference = await api.CheckedAsync(http, Csv(Good(1)));

        Assert.Equal(202, (await SubmitAsync(http, reference, Reasoned)).Status);

        var request = Assert.Single(await api.World.RequestsAsync(AllocationReference.Parse(reference)!.Value));
        Assert.Equal(new[] { api.World.Admin.UserId!.Value, both.UserId!.Value }.Order(), request.Hands.Order());
    }

    [Theory]
    [InlineData("""{"reason":"Summer awards"}""", "#/acceptPartial")]
    [InlineData("""{"acceptPartial":true}""", "#/reason")]
    [InlineData("""{"reason":"Summer awards","acceptPartial":"yes"}""", "#/acceptPartial")]
    [InlineData("""{"reason":"Summer awards","acceptPartial":true,"approve":true}""", "#/approve")]
    [InlineData("""{"reason":"Summer awards","acceptPartial":true,"runAt":"soon"}""", "#/runAt")]
    [InlineData("", "#")]
    public async Task A_submission_says_all_that_it_must(string json, string pointer)
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();
        var reference = await api.CheckedAsync(http, Csv(Good(1)));

        var told = await SubmitAsync(http, reference, json);

        Assert.Equal((422, "api.submission"), told.Problem);
        Assert.Equal(pointer, $"{told.Body!["errors"]![0]!["pointer"]}");
    }

    [Fact]
    public async Task A_submission_of_a_version_that_is_gone_or_for_a_time_that_is_past_is_refused()
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();
        var reference = await api.CheckedAsync(http, Csv(Good(1)));

        Assert.Equal(
            (409, "api.stale"),
            (await SubmitAsync(http, reference, """{"reason":"Summer awards","acceptPartial":true,"version":0}""")).Problem
        );
        Assert.Equal(
            (422, "allocation.schedule"),
            (
                await SubmitAsync(http, reference, """{"reason":"Summer awards","acceptPartial":true,"runAt":"2020-01-01T00:00:00Z"}""")
            ).Problem
        );
    }
}
