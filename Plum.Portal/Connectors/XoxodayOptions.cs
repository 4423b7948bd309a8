using System.Globalization;

namespace Plum.Portal.Connectors;

/// <summary>The account at the Xoxoday Plum API; off until <c>Connectors:Xoxoday:Url</c> and <c>Token</c> are set.</summary>
/// <param name="WebhookKey">What its webhooks carry in <c>x-api-key</c>; null takes none.</param>
/// <param name="PlaceTimeout">Of placing an order: it may take two minutes.</param>
/// <param name="Timeout">Of everything else.</param>
/// <param name="Products">The key of a reward of ours to the product's number at Xoxoday.</param>
public sealed record XoxodayOptions(
    Uri Url,
    string Token,
    string? WebhookKey,
    TimeSpan PlaceTimeout,
    TimeSpan Timeout,
    IReadOnlyDictionary<Guid, long> Products
)
{
    private const string Section = "Connectors:Xoxoday";
    private const int ShortestKey = 16;

    /// <returns>Null while it is not configured.</returns>
    /// <exception cref="InvalidOperationException">A setting cannot be used; the message says which and how it should be.</exception>
    public static XoxodayOptions? Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (url, token, key) = (section["Url"], section["Token"], section["WebhookKey"]);
        if (string.IsNullOrWhiteSpace(url) && string.IsNullOrWhiteSpace(token))
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(url) || string.IsNullOrWhiteSpace(token))
        {
            throw new InvalidOperationException($"{Section}:Url and {Section}:Token go together: set both, or neither.");
        }

        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || !(address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
        )
        {
            throw new InvalidOperationException($"{Section}:Url is '{url}'. Use an https address: the token goes there.");
        }

        if (!token.Trim().All(c => c is > ' ' and < '\u007f'))
        {
            throw new InvalidOperationException($"{Section}:Token holds blanks or other characters that no token has.");
        }

        return new XoxodayOptions(
            address,
            token.Trim(),
            string.IsNullOrWhiteSpace(key) ? null
                : key.Trim().Length >= ShortestKey ? key.Trim()
                : throw new InvalidOperationException(
                    $"{Section}:WebhookKey is shorter than {ShortestKey} characters: it could be guessed."
                ),
            Seconds(section, "PlaceTimeoutSeconds", 120),
            Seconds(section, "TimeoutSeconds", 30),
            section.GetSection("Products").GetChildren().Select(Product).ToDictionary(p => p.Reward, p => p.Number)
        );
    }

    /// <summary>Without the secrets: it may stand in a log.</summary>
    public override string ToString() => Url.ToString();

    private static (Guid Reward, long Number) Product(IConfigurationSection setting) =>
        !Guid.TryParse(setting.Key, out var reward)
            ? throw new InvalidOperationException(
                $"{setting.Path} names no reward. Give the reward's key, as the refusal of its order names it."
            )
        : long.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? (reward, number)
        : throw new InvalidOperationException($"{setting.Path} is '{setting.Value}'. Use the product's number at Xoxoday.");

    private static TimeSpan Seconds(IConfigurationSection section, string name, int usual) =>
        section[name] is not { Length: > 0 } text ? TimeSpan.FromSeconds(usual)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 600
            ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidOperationException($"{Section}:{name} is '{text}'. Use whole seconds from 1 to 600.");
}
