using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>What went wrong, as RFC 9457 has it. The words are those of the portal's pages.</summary>
/// <param name="Type">A URN that ends in <paramref name="Code"/>.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">One sentence, for people.</param>
/// <param name="Errors">Each thing that is wrong with what was sent, where there is a place to point to.</param>
public sealed record ApiProblem(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<ApiFault>? Errors = null)
{
    public const string ContentType = "application/problem+json";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is read as JSON and nothing else: the answer says so, and "nosniff"
    };

    public static ApiProblem Of(int status, Refusal why, params IReadOnlyList<ApiFault> errors) =>
        new($"urn:plum:problem:{why.Code}", TitleOf(status), status, why.Message, why.Code, errors.Count == 0 ? null : errors);

    public static ApiProblem Of(Refusal why, params IReadOnlyList<ApiFault> errors) => Of(StatusOf(why.Code), why, errors);

    public IResult ToResult() => Results.Json(this, Json, ContentType, Status);

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        return response.WriteAsJsonAsync(this, Json, ContentType);
    }

    /// <summary>Of an answer that has nothing to say but its status.</summary>
    public static ApiProblem Bare(int status) =>
        Of(
            status,
            status switch
            {
                StatusCodes.Status404NotFound => Refusals.NotFound,
                StatusCodes.Status405MethodNotAllowed => new Refusal("api.method", "There is nothing here to be called that way."),
                StatusCodes.Status413PayloadTooLarge => new Refusal("api.too-large", "The call is larger than it may be."),
                StatusCodes.Status415UnsupportedMediaType => ApiContent.UnknownType,
                >= 500 => new Refusal("api.fault", "Something went wrong here. It is written down; try again in a while."),
                _ => new Refusal("api.bad-request", "The call cannot be read. Compare it with the documentation."),
            }
        );

    private static int StatusOf(string code) =>
        code switch
        {
            "shared.not-found" => StatusCodes.Status404NotFound,
            "shared.not-allowed" or "api.scope" => StatusCodes.Status403Forbidden,
            "allocation.too-large" or "api.json-too-large" => StatusCodes.Status413PayloadTooLarge,
            "upload.no-space" => StatusCodes.Status507InsufficientStorage,
            "allocation.file-twice" or "allocation.file-race" => StatusCodes.Status409Conflict,
            "allocation.move" or "allocation.busy" or "api.stale" or "api.in-flight" => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    private static string TitleOf(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => "No valid key",
            StatusCodes.Status403Forbidden => "Not allowed",
            StatusCodes.Status404NotFound => "Not found",
            StatusCodes.Status405MethodNotAllowed => "Method not allowed",
            StatusCodes.Status409Conflict => "Not as things stand",
            StatusCodes.Status413PayloadTooLarge => "Too large",
            StatusCodes.Status415UnsupportedMediaType => "Unknown content type",
            StatusCodes.Status422UnprocessableEntity => "Not taken",
            StatusCodes.Status429TooManyRequests => "Too many calls",
            StatusCodes.Status507InsufficientStorage => "No room",
            >= 500 => "A fault of the portal",
            _ => "Not to be read",
        };
}

/// <param name="Pointer">Into the JSON that was sent, as a fragment (RFC 6901, 6); null of a file.</param>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Column">By its header.</param>
/// <param name="Value">As it was sent.</param>
public sealed record ApiFault(
    string Code,
    string Detail,
    string? Pointer = null,
    long? Line = null,
    string? Column = null,
    string? Value = null
);
