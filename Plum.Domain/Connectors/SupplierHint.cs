namespace Plum.Domain.Connectors;

/// <summary>A supplier's webhook, kept once: the order that it names is to be read again. What it says about it is not believed.</summary>
public sealed class SupplierHint
{
    public const int GatewayMaxLength = 40;
    public const int StatusMaxLength = 60;

    private SupplierHint() { } // EF Core

    public long Id { get; private init; }
    public string Gateway { get; private init; } = "";

    /// <summary>The supplier's: unique beside the gateway.</summary>
    public string NoticeId { get; private init; } = "";

    /// <summary>Our reference of the order; null where the webhook had none.</summary>
    public string? Reference { get; private init; }
    public string? SupplierReference { get; private init; }

    /// <summary>For people only.</summary>
    public string? RawStatus { get; private init; }
    public DateTime ReceivedAtUtc { get; private init; }

    /// <summary>When the order was read again; null until then.</summary>
    public DateTime? ReadAtUtc { get; private set; }

    public static SupplierHint Of(string gateway, SupplierNotice notice, DateTime nowUtc) =>
        new()
        {
            Gateway = gateway,
            NoticeId = notice.Id,
            Reference = notice.Reference,
            SupplierReference = notice.SupplierReference,
            RawStatus = notice.RawStatus is { Length: > StatusMaxLength } word ? word[..StatusMaxLength] : notice.RawStatus,
            ReceivedAtUtc = nowUtc,
        };

    public void Read(DateTime nowUtc) => ReadAtUtc ??= nowUtc;
}
