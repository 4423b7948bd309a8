using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>
/// Amazon SES by SNS (docs.aws.amazon.com/sns, verifying message signatures). The certificate is a file that was put there, or is fetched from
/// Amazon's own host where that is allowed: by default nothing leaves.
/// </summary>
internal sealed partial class SesCallback(MailEventOptions options, IHttpClientFactory http, TimeProvider clock) : ICallbackReading
{
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(25);
    private const int MostCertificateBytes = 32 << 10;

    private X509Certificate2? _fetched;
    private Uri? _fetchedFrom;

    public bool IsOn => options.SesTopic is not null && (options.SesCertificate is not null || options.SesMayFetch);

    public async Task<CallbackHeard> ReadAsync(HttpRequest request, byte[] body, CancellationToken ct)
    {
        if (CallbackParts.Json(body) is not { ValueKind: JsonValueKind.Object } json)
        {
            return CallbackHeard.Unreadable;
        }

        if (!CallbackParts.Same(options.SesTopic!, ProviderCall.Text(json, "TopicArn")) || !await IsSignedAsync(json, ct))
        {
            return CallbackHeard.BadlySigned;
        }

        if (
            !DateTime.TryParse(
                ProviderCall.Text(json, "Timestamp"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out var at
            )
            || (clock.GetUtcNow().UtcDateTime - at).Duration() > Oldest
        )
        {
            return CallbackHeard.TooOld;
        }

        switch (ProviderCall.Text(json, "Type"))
        {
            case "SubscriptionConfirmation":
                await ConfirmAsync(ProviderCall.Text(json, "SubscribeURL"), ct);
                return new CallbackHeard([]);
            case "Notification" when CallbackParts.Json(Encoding.UTF8.GetBytes(ProviderCall.Text(json, "Message") ?? "")) is { } message:
                return new CallbackHeard([.. Notices(message)]);
            default:
                return new CallbackHeard([]);
        }
    }

    internal static bool IsAmazon(Uri? address) =>
        address is { Scheme: "https", IsDefaultPort: true } && AmazonHost().IsMatch(address.Host);

    /// <summary>What is signed: the fields of the kind, each as its name and its value on lines of their own.</summary>
    internal static string Canonical(JsonElement json)
    {
        string[] names =
            ProviderCall.Text(json, "Type") == "Notification"
                ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
                : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        return string.Concat(
            names.Select(n => (n, ProviderCall.Text(json, n))).Where(f => f.Item2 is not null).Select(f => $"{f.n}\n{f.Item2}\n")
        );
    }

    private async Task<bool> IsSignedAsync(JsonElement json, CancellationToken ct)
    {
        var hash = ProviderCall.Text(json, "SignatureVersion") == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        if (
            !Uri.TryCreate(ProviderCall.Text(json, "SigningCertURL"), UriKind.Absolute, out var from)
            || !IsAmazon(from)
            || await CertificateAsync(from, ct) is not { } certificate
        )
        {
            return false;
        }

        try
        {
            using var key = certificate.GetRSAPublicKey();
            return key?.VerifyData(
                    Encoding.UTF8.GetBytes(Canonical(json)),
                    Convert.FromBase64String(ProviderCall.Text(json, "Signature") ?? ""),
                    hash,
                    RSASignaturePadding.Pkcs1
                ) == true;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private async Task<X509Certificate2?> CertificateAsync(Uri from, CancellationToken ct)
    {
        if (options.SesCertificate is { } file)
        {
            return _fetched ??= X509CertificateLoader.LoadCertificateFromFile(file);
        }

        if (_fetched is not null && _fetchedFrom == from)
        {
            return _fetched;
        }

        try
        {
            using var client = http.CreateClient(ProviderCall.Client);
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = MostCertificateBytes;
            var certificate = X509CertificateLoader.LoadCertificate(await client.GetByteArrayAsync(from, ct));
            (_fetched, _fetchedFrom) = (certificate, from);
            return certificate;
        }
        catch (Exception fault) when (fault is HttpRequestException or CryptographicException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task ConfirmAsync(string? address, CancellationToken ct)
    {
        if (options.SesMayFetch && Uri.TryCreate(address, UriKind.Absolute, out var there) && IsAmazon(there))
        {
            using var client = http.CreateClient(ProviderCall.Client);
            client.Timeout = TimeSpan.FromSeconds(10);
            using var answer = await client.GetAsync(there, ct);
        }
    }

    private static IEnumerable<ProviderNotice> Notices(JsonElement message)
    {
        var (mail, kind) = (
            CallbackParts.Part(message, "mail"),
            ProviderCall.Text(message, "notificationType") ?? ProviderCall.Text(message, "eventType")
        );
        var (id, key) = (ProviderCall.Text(mail, "messageId"), KeyOf(mail));
        switch (kind)
        {
            case "Delivery":
                yield return new ProviderNotice(
                    CallbackParts.Id($"ses:{id}:delivery"),
                    key,
                    id,
                    DeliveryEventKind.Delivered,
                    "delivery",
                    AtUtc: At("delivery")
                );
                break;
            case "Complaint":
                yield return Failed("complaint", SesCodes.Of("Complaint", null), "complaint", "The recipient complained of the message.");
                break;
            case "Bounce" when CallbackParts.Part(message, "bounce") is { } bounce:
                var type = ProviderCall.Text(bounce, "bounceType");
                var who = CallbackParts.Each(bounce, "bouncedRecipients").Select(r => (JsonElement?)r).FirstOrDefault();
                var words = ProviderCall.Text(who, "diagnosticCode");
                var code = ProviderCall.Text(who, "status");
                yield return Failed(
                    "bounce",
                    SesCodes.Of(type, code ?? words),
                    code ?? type,
                    words ?? $"{type} {ProviderCall.Text(bounce, "bounceSubType")}"
                );
                break;
        }

        DateTime? At(string part) =>
            DateTime.TryParse(
                ProviderCall.Text(CallbackParts.Part(message, part), "timestamp"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out var at
            )
                ? at
                : null;

        ProviderNotice Failed(string part, Verdict verdict, string? code, string words) =>
            new(
                CallbackParts.Id($"ses:{id}:{part}:{ProviderCall.Text(CallbackParts.Part(message, part), "feedbackId")}"),
                key,
                id,
                DeliveryEventKind.Failed,
                part,
                verdict,
                code,
                words,
                At(part)
            );
    }

    /// <summary>From the headers as we wrote them, where SES passes them on.</summary>
    private static string? KeyOf(JsonElement? mail) =>
        mail is { } m
            ? CallbackParts
                .Each(m, "headers")
                .Where(h => string.Equals(ProviderCall.Text(h, "name"), "Message-ID", StringComparison.OrdinalIgnoreCase))
                .Select(h => SendGridCallback.KeyOf(ProviderCall.Text(h, "value")))
                .FirstOrDefault(k => DeliveryKey.Parse(k) is not null)
            : null;

    [GeneratedRegex(@"^sns\.[a-z0-9-]{3,40}\.amazonaws\.com(\.cn)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AmazonHost();
}
