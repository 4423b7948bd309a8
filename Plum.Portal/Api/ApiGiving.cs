using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Plum.Data.Allocations;
using Plum.Data.Api;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>What the API changes: files are given, the same way as in the portal, and submitted to the checkers.</summary>
public sealed class ApiGiving(
    AllocationService files,
    AllocationSubmission submission,
    ApiReading reading,
    ApiStatus status,
    AllocationOptions limits,
    ApiOptions options,
    TimeProvider clock
)
{
    private const int MostSubmissionBytes = 64 << 10;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Refusal Stale = new("api.stale", "The file was changed since you read it. Read it again, then decide.");
    private static readonly Refusal Unread = new("api.submission", "This is no submission. What is wrong is named below.");

    public async Task<(ApiResult Result, string? ContentHash)> GiveAsync(HttpContext http, string code, string? key)
    {
        var (by, ct) = (http.Caller().Actor, http.RequestAborted);
        if (await reading.ProgrammeAsync(code, by, ct) is not { } programme)
        {
            return (ApiResult.Of(ApiProblem.Of(Refusals.NotFound)), null);
        }

        using var content = await ApiContent.OpenAsync(http, limits, options, ct);
        var name = content.Name ?? $"{code}-{clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.csv";
        var outcome = await files.UploadAsync(
            new UploadAllocation(programme, name, new GivenAllocation(key, content.IsRows)),
            content.Stream,
            by,
            ct
        );
        return outcome is Outcome.Done { Key: { } reference }
            ? (await AnsweredAsync(reference, by), await content.HashAsync(limits, CancellationToken.None))
            : (ApiResult.Of(Problem(((Outcome.Refused)outcome).Why, content.IsRows)), null);
    }

    /// <summary>What is sent, without doing anything with it.</summary>
    public async Task<string> ReadAsync(HttpContext http)
    {
        using var content = await ApiContent.OpenAsync(http, limits, options, http.RequestAborted);
        return await content.HashAsync(limits, http.RequestAborted);
    }

    public async Task<(ApiResult Result, string? ContentHash)> SubmitAsync(HttpContext http, string reference)
    {
        var (caller, ct) = (http.Caller(), http.RequestAborted);
        var by = caller.Actor;
        if (AllocationReference.Parse(reference) is not { } number || await files.ViewAsync(number, by, ct) is not { } file)
        {
            return (ApiResult.Of(ApiProblem.Of(Refusals.NotFound)), null);
        }

        var sent = await ApiContent.ReadAsync(http.Request, MostSubmissionBytes, ct);
        var (asked, wrong) = Read(sent);
        if (asked is null)
        {
            return (ApiResult.Of(wrong!), null);
        }

        var outcome = await submission.SubmitAsync(
            new SubmitAllocation(
                number,
                asked.Version ?? file.Version,
                asked.Reason!.Trim(),
                asked.RunAt?.UtcDateTime,
                new SubmittedByKey(asked.AcceptPartial!.Value, caller.Hands)
            ),
            by,
            CancellationToken.None
        );
        return outcome switch
        {
            Outcome.Done => (await AnsweredAsync(AllocationReference.Of(number), by), Hash(sent)),
            Outcome.Refused(var why) => (ApiResult.Of(ApiProblem.Of(why)), null),
            _ => (ApiResult.Of(ApiProblem.Of(Stale)), null),
        };
    }

    public static async Task<string> ReadSubmissionAsync(HttpContext http) =>
        Hash(await ApiContent.ReadAsync(http.Request, MostSubmissionBytes, http.RequestAborted));

    /// <summary>Taken, and worked on from here on by itself.</summary>
    private async Task<ApiResult> AnsweredAsync(string reference, Actor by) =>
        new(StatusCodes.Status202Accepted, await status.OfAsync(reference, by, CancellationToken.None), ApiPaths.Allocation(reference));

    private static (ApiSubmission? Asked, ApiProblem? Wrong) Read(byte[] sent)
    {
        ApiSubmission? asked;
        try
        {
            asked = JsonSerializer.Deserialize<ApiSubmission>(sent, Strict);
        }
        catch (JsonException e)
        {
            return (
                null,
                ApiProblem.Of(Unread, new ApiFault("api.submission", "This cannot be read, or nothing of that name is.", Pointer(e.Path)))
            );
        }

        var faults = new List<ApiFault>();
        if (RequestRefusals.ForReason(asked?.Reason ?? "") is { } reason)
        {
            faults.Add(new ApiFault(reason.Code, reason.Message, "#/reason"));
        }

        if (asked?.AcceptPartial is null)
        {
            faults.Add(
                new ApiFault("api.accept-partial", "Say whether the good rows go without the bad ones: true or false.", "#/acceptPartial")
            );
        }

        return faults.Count == 0 ? (asked, null) : (null, ApiProblem.Of(Unread, faults));
    }

    /// <summary>A file that is not taken: of a column that is missing, where the file would have it.</summary>
    private static ApiProblem Problem(Refusal why, bool wasRows) =>
        Enum.TryParse<AllocationField>(why.Field, out var field)
            ? ApiProblem.Of(why, new ApiFault(why.Code, why.Message, wasRows ? "#/rows" : null, 1, AllocationFields.Of(field).Header))
        : why.Code is "allocation.no-header" or "allocation.headless" or "allocation.too-wide"
            ? ApiProblem.Of(why, new ApiFault(why.Code, why.Message, Line: 1))
        : why.Code is "allocation.no-rows" ? ApiProblem.Of(why, new ApiFault(why.Code, why.Message, wasRows ? "#/rows" : null, Line: 2))
        : ApiProblem.Of(why);

    /// <summary>"$.runAt" as a pointer.</summary>
    private static string Pointer(string? path) => path is null or "$" ? "#" : $"#/{path.TrimStart('$', '.').Replace('.', '/')}";

    private static string Hash(byte[] sent) => Convert.ToHexStringLower(SHA256.HashData(sent));
}

/// <summary>A file as the API shows it.</summary>
public sealed class ApiStatus(AllocationService files, AllocationProgress progress)
{
    /// <returns>Null when there is none, or it is not the actor's to see.</returns>
    public async Task<ApiAllocation?> OfAsync(string reference, Actor by, CancellationToken ct) =>
        AllocationReference.Parse(reference) is { } number
        && await files.ViewAsync(number, by, ct) is { } file
        && await progress.OfAsync(number, by, ct) is { } far
            ? ApiViews.Of(file, far)
            : null;
}
