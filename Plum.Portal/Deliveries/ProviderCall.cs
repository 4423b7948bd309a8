using System.Net.Http.Headers;
using System.Text.Json;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>What one call to a provider was answered.</summary>
internal abstract record ProviderAnswer
{
    private ProviderAnswer() { }

    /// <param name="Body">Null when it is no JSON object.</param>
    public sealed record Said(int Status, JsonElement? Body, TimeSpan? RetryAfter) : ProviderAnswer;

    /// <summary>Nothing was sent.</summary>
    public sealed record NotSent(string Reason) : ProviderAnswer;

    /// <summary>It may have been taken: the answer did not come, or cannot be read.</summary>
    public sealed record Lost(string Reason) : ProviderAnswer;
}

/// <summary>One POST to a provider. Nothing is followed and nothing is repeated; neither bodies nor headers are logged.</summary>
internal sealed class ProviderCall(IHttpClientFactory http, TimeProvider clock)
{
    public const string Client = "Messaging";
    private const int MostBytes = 256 << 10;

    public async Task<ProviderAnswer> PostAsync(
        Uri address,
        HttpContent content,
        AuthenticationHeaderValue authorization,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        using var client = http.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Authorization = authorization;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var bytes = await BytesAsync(response, either.Token);
            return new ProviderAnswer.Said((int)response.StatusCode, bytes is null ? null : Parse(bytes), RetryAfter(response));
        }
        catch (HttpRequestException fault)
            when (fault.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.ProxyTunnelError
                        or HttpRequestError.SecureConnectionError
            )
        {
            return new ProviderAnswer.NotSent($"No connection to {address.Host}: {fault.HttpRequestError}.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new ProviderAnswer.Lost($"The connection to {address.Host} broke before the answer was there.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ProviderAnswer.Lost($"{address.Host} did not answer within {patience.TotalSeconds:0.#} seconds.");
        }
    }

    /// <summary>What any provider's status means where its own code says nothing.</summary>
    public static SendOutcome Unexplained(ProviderAnswer.Said said, string host) =>
        said.Status switch
        {
            429 or 503 => new SendOutcome.Refused(
                Verdict.Passing,
                $"http-{said.Status}",
                $"{host} wants to be asked later.",
                said.RetryAfter
            ),
            401 or 403 => new SendOutcome.Refused(Verdict.Sender, $"http-{said.Status}", $"{host} does not accept our account."),
            >= 300 and < 500 => new SendOutcome.Refused(Verdict.Unknown, $"http-{said.Status}", $"{host} refused it with {said.Status}."),
            _ => new SendOutcome.InDoubt($"{host} answered {said.Status}, and nothing that can be read."),
        };

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
            _ => null,
        };

    private static async Task<byte[]?> BytesAsync(HttpResponseMessage response, CancellationToken ct)
    {
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

    private static JsonElement? Parse(byte[] bytes)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(bytes);
            return root.ValueKind == JsonValueKind.Object ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text or a number of that name; null when there is neither.</summary>
    public static string? Text(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
}
