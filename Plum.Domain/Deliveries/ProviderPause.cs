namespace Plum.Domain.Deliveries;

/// <summary>A provider by which nothing leaves: our own account there is in trouble. Somebody mends that, and resumes.</summary>
public sealed class ProviderPause
{
    private ProviderPause() { } // EF Core

    public string Provider { get; private init; } = "";
    public string Code { get; private init; } = "";
    public string Words { get; private init; } = "";
    public DateTime AtUtc { get; private init; }

    public static ProviderPause Of(string provider, string code, string words, DateTime nowUtc) =>
        new()
        {
            Provider = provider,
            Code = Delivery.Cut(code, Delivery.CodeMaxLength)!,
            Words = Delivery.Cut(words)!,
            AtUtc = nowUtc,
        };
}
