using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>A supplier's last sync.</summary>
public sealed record SyncView(
    long Id,
    Guid SupplierId,
    CatalogueSyncState State,
    string StartedBy,
    DateTime StartedAtUtc,
    DateTime? FinishedAtUtc,
    DateTime? WaitUntilUtc,
    bool IsListed,
    int Seen,
    int Added,
    int Changed,
    int Kept,
    int Gone,
    int Unreadable,
    string? Words
);

public sealed record SyncFault(string? ProductId, string Words);

public sealed record StartSync(Guid SupplierId);

public sealed record AcceptDrop(long SyncId);
