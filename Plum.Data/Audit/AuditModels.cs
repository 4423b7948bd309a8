namespace Plum.Data.Audit;

/// <summary>What the explorer asks for. Empty filters ask for everything that the reader may see, newest first.</summary>
/// <param name="Before">The id below which to go on: the last one of the page before; null for the newest.</param>
public sealed record AuditQuery(
    string? Room = null,
    string? Subject = null,
    string? Who = null,
    string? What = null,
    Guid? ClientId = null,
    Guid? PartnerId = null,
    DateTime? FromUtc = null,
    DateTime? UntilUtc = null,
    long? Before = null,
    int Take = 50
);

public sealed record AuditRow(
    long Id,
    DateTime AtUtc,
    string Who,
    string What,
    string Room,
    string Subject,
    string? Client,
    string? Institution,
    string? Why,
    string? Before,
    string? After,
    bool IsSealed
);

/// <param name="More">Whether older lines follow.</param>
public sealed record AuditPage(IReadOnlyList<AuditRow> Rows, bool More);

/// <param name="Sealed">How many entries the chain holds.</param>
/// <param name="Waiting">How many are saved and not sealed yet.</param>
public sealed record ChainState(long Sealed, long Waiting, string? Head);

public sealed record Institution(Guid Id, string Name);
