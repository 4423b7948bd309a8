using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plum.Data.Connectors;
using Plum.Domain.Connectors;

namespace Plum.Portal.Connectors;

/// <summary>What one call was answered.</summary>
internal abstract record XoxodayAnswer
{
    private XoxodayAnswer() { }

    /// <param name="Data">What the operation gave.</param>
    public sealed record Said(JsonElement Data) : XoxodayAnswer;

    /// <param name="IsCertain">Whether a call that was to change something certainly changed nothing.</param>
    public sealed record Failed(SupplierFault Fault, bool IsCertain) : XoxodayAnswer;

    /// <summary>No answer, or none that can be read.</summary>
    public sealed record Lost(string Reason) : XoxodayAnswer;
}

/// <summary>One call to the one address of the Xoxoday Plum API, the operation in its body. Nothing is followed, and nothing is repeated.</summary>
internal sealed class XoxodayCall(IHttpClientFactory http, XoxodayOptions options, TimeProvider clock, ILogger logger)
{
    public const string Client = "Xoxoday";

    /// <summary>A page of a hundred products with their terms is about half of it.</summary>
    private const int MostBytes = 4 << 20;

    private static readonly TimeSpan UsualPenalty = TimeSpan.FromSeconds(60);

    /// <param name="about">For the log: a reference, nothing personal.</param>
    public async Task<XoxodayAnswer> AskAsync(string operation, JsonObject data, TimeSpan patience, string about, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var (answer, status) = await SendAsync(operation, data, patience, ct);
        logger.LogInformation(
            "Xoxoday {Operation} {About}: {Answer} {Code} (HTTP {Status}, {Milliseconds:0} ms)",
            operation,
            about,
            answer.GetType().Name,
            (answer as XoxodayAnswer.Failed)?.Fault.Code,
            status,
            Stopwatch.GetElapsedTime(began).TotalMilliseconds
        );
        return answer;
    }

    private async Task<(XoxodayAnswer Answer, int? Status)> SendAsync(
        string operation,
        JsonObject data,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        var body = new JsonObject
        {
            ["query"] = $"plumProAPI.mutation.{operation}",
            ["tag"] = "plumProAPI",
            ["variables"] = new JsonObject { ["data"] = data },
        };
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        using var client = http.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        int? status = null;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = (int)response.StatusCode;
            return (Judge(await BytesAsync(response, either.Token), operation, response), status);
        }
        catch (HttpRequestException fault)
            when (fault.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.ProxyTunnelError
                        or HttpRequestError.SecureConnectionError
            )
        {
            // Nothing was sent. A certificate that does not hold is ours to look at: it may be another's host.
            var fatal = fault.HttpRequestError == HttpRequestError.SecureConnectionError || fault.InnerException is AuthenticationException;
            var (code, why) = fatal ? ("xoxoday.tls", SupplierFaultClass.StopSender) : ("xoxoday.connection", SupplierFaultClass.Transient);
            return (
                new XoxodayAnswer.Failed(
                    new SupplierFault(code, why, $"No connection to {options.Url.Host}: {fault.HttpRequestError}."),
                    IsCertain: true
                ),
                status
            );
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (new XoxodayAnswer.Lost($"The connection to {options.Url.Host} broke before the answer was there."), status);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (new XoxodayAnswer.Lost($"{options.Url.Host} did not answer within {patience.TotalSeconds:0.#} seconds."), status);
        }
    }

    /// <returns>Null when there is more than is read.</returns>
    private static async Task<byte[]?> BytesAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > MostBytes)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var kept = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > MostBytes)
            {
                return null;
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    /// <returns>Null for what is no JSON object.</returns>
    private static JsonElement? Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static XoxodayAnswer Judge(byte[]? bytes, string operation, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var root = bytes is null ? null : Parse(bytes);
        var code = root is { } said ? JsonFields.Text(said, "errorId") ?? OAuthError(said) : null;
        if (response.IsSuccessStatusCode && code is null)
        {
            return bytes is null ? new XoxodayAnswer.Lost($"The answer is larger than {MostBytes >> 20} MB.")
                : root is not { } body ? new XoxodayAnswer.Lost("The answer is no JSON.")
                : XoxodayReading.Operation(body, operation) is { } data ? new XoxodayAnswer.Said(data)
                : new XoxodayAnswer.Lost($"The answer does not hold what {operation} gives.");
        }

        var (kind, certain) = XoxodayCodes.Judge(code, status);
        var name = code is null ? $"http.{status.ToString(CultureInfo.InvariantCulture)}" : SupplierFault.OneLine(code);
        if (kind == SupplierFaultClass.Unknown && !certain)
        {
            return new XoxodayAnswer.Lost($"{name}: {Words(root, response)}");
        }

        return new XoxodayAnswer.Failed(
            new SupplierFault(
                name.Length <= SupplierFault.CodeMaxLength ? name : name[..SupplierFault.CodeMaxLength],
                kind,
                Words(root, response),
                kind == SupplierFaultClass.RateLimited ? Penalty(root, response) : null
            ),
            certain
        );
    }

    /// <summary>The OAuth layer names its errors in <c>error</c>, where the operations have words.</summary>
    private static string? OAuthError(JsonElement root) =>
        JsonFields.Text(root, "error") is { } error && (root.TryGetProperty("error_description", out _) || error == XoxodayCodes.RateLimit)
            ? error
        : JsonFields.Text(root, "code") is { } code && code == XoxodayCodes.RateLimit ? code
        : null;

    private static string Words(JsonElement? root, HttpResponseMessage response)
    {
        var words = root is { } said
            ? string.Join(
                ": ",
                new[] { JsonFields.Text(said, "errorInfo"), JsonFields.Text(said, "error"), JsonFields.Text(said, "error_description") }
                    .Where(w => !string.IsNullOrWhiteSpace(w))
                    .Distinct(StringComparer.Ordinal)
            )
            : "";
        return SupplierFault.OneLine(words.Length > 0 ? words : $"HTTP {(int)response.StatusCode} without a word.");
    }

    private static TimeSpan Penalty(JsonElement? root, HttpResponseMessage response)
    {
        var seconds =
            root is { } said && JsonFields.Amount(said, "penaltySeconds") is { } own ? (double)own
            : response.Headers.RetryAfter?.Delta is { } header ? header.TotalSeconds
            : UsualPenalty.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 3600));
    }
}
