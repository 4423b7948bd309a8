using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plum.Data.Api;
using Plum.Domain.Api;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>What a call came to.</summary>
/// <param name="Body">Null of a problem.</param>
public sealed record ApiResult(int Status, object? Body = null, string? Location = null, ApiProblem? Problem = null)
{
    public static ApiResult Of(ApiProblem problem) => new(problem.Status, Problem: problem);
}

/// <summary>Does what a call asks once per Idempotency-Key, and tells whoever calls again what came of it.</summary>
public sealed class ApiOnce(ApiAnswers answers)
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";

    private static readonly Refusal BadKey = new(
        "api.idempotency-key",
        $"{Header} is one text of 1 to {ApiAnswer.KeyMaxLength} printable ASCII characters."
    );
    private static readonly Refusal Reused = new(
        "api.key-reused",
        $"This {Header} was sent with another call before. Send a new one with each new call."
    );

    /// <param name="act">Does it, and says what was asked: a hash of the content. Called with the key, to be kept with what is made.</param>
    /// <param name="read">The same hash, without doing anything.</param>
    public async Task<IResult> DoAsync(
        HttpContext http,
        Func<string?, Task<(ApiResult Result, string? ContentHash)>> act,
        Func<Task<string>> read
    )
    {
        var given = http.Request.Headers[Header];
        if (given.Count == 0)
        {
            var (result, _) = await act(null);
            return Write(http, result, Body(result));
        }

        if (
            given is not [{ Length: > 0 and <= ApiAnswer.KeyMaxLength } key]
            || key.Any(c => c is < ' ' or > '~')
            || string.IsNullOrWhiteSpace(key)
        )
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, BadKey).ToResult();
        }

        var caller = http.Caller();
        switch (await answers.BeginAsync(caller.KeyId, key, http.RequestAborted))
        {
            case ApiTurn.UnderWay(var why):
                http.Response.Headers.RetryAfter = "2";
                return ApiProblem.Of(why).ToResult();
            case ApiTurn.Answered(var reply):
                if (reply.Fingerprint != Fingerprint(http.Request, await read()))
                {
                    return ApiProblem.Of(Reused).ToResult();
                }

                http.Response.Headers[Replayed] = "true";
                return Write(http, new ApiResult(reply.Status, Location: reply.Location), reply.Body);
            default:
                return await ActAsync(http, caller, key, act);
        }
    }

    private async Task<IResult> ActAsync(
        HttpContext http,
        ApiCaller caller,
        string key,
        Func<string?, Task<(ApiResult Result, string? ContentHash)>> act
    )
    {
        var isKept = false;
        try
        {
            var (result, hash) = await act($"{caller.KeyId:N}/{key}");
            var body = Body(result);
            if (result.Problem is null)
            {
                var reply = new ApiReply(Fingerprint(http.Request, hash!), result.Status, result.Location, body);
                await answers.KeepAsync(caller.KeyId, key, reply, CancellationToken.None);
                isKept = true;
            }

            return Write(http, result, body);
        }
        finally
        {
            if (!isKept)
            {
                await answers.ForgetAsync(caller.KeyId, key, CancellationToken.None);
            }
        }
    }

    private static string Body(ApiResult result) => JsonSerializer.Serialize(result.Problem ?? result.Body, ApiProblem.Json);

    private static IResult Write(HttpContext http, ApiResult result, string body)
    {
        if (result.Location is not null)
        {
            http.Response.Headers.Location = result.Location;
        }

        return Results.Text(body, result.Problem is null ? "application/json" : ApiProblem.ContentType, Encoding.UTF8, result.Status);
    }

    private static string Fingerprint(HttpRequest request, string contentHash) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}\n{contentHash}")));
}
