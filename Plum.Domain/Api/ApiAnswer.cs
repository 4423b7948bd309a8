namespace Plum.Domain.Api;

/// <summary>What was answered under an Idempotency-Key, so that whoever did not hear it is told the same again. Swept after a day.</summary>
public sealed class ApiAnswer
{
    public const int KeyMaxLength = 200;
    public const int FingerprintLength = 64;
    public const int LocationMaxLength = 300;

    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>Longer than any call takes: after it, whoever began is believed to have been killed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    private ApiAnswer() { } // EF Core

    public Guid ApiKeyId { get; private init; }
    public string Key { get; private init; } = "";
    public DateTime AtUtc { get; private init; }

    /// <summary>Until then somebody is at it; null once it is answered.</summary>
    public DateTime? LeaseUntilUtc { get; private init; }

    /// <summary>SHA-256 in hex of the method, the path and what was sent.</summary>
    public string? Fingerprint { get; private init; }
    public int Status { get; private init; }
    public string? Location { get; private init; }
    public string? Body { get; private init; }

    public static ApiAnswer Begin(Guid apiKeyId, string key, DateTime nowUtc) =>
        new()
        {
            ApiKeyId = apiKeyId,
            Key = key,
            AtUtc = nowUtc,
            LeaseUntilUtc = nowUtc + Lease,
        };
}
