using Plum.Data.Catalogue;
using Plum.Domain.Catalogue;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>How the reading of a supplier's catalogue reads.</summary>
internal static class SyncWords
{
    public static string Of(SyncView sync) =>
        sync.State switch
        {
            CatalogueSyncState.Running when sync.WaitUntilUtc is not null => "Waits to ask again",
            CatalogueSyncState.Running => "Being read",
            CatalogueSyncState.Done => "Read",
            CatalogueSyncState.Stopped => "Stopped",
            _ => "Failed",
        };

    public static Meaning Meaning(SyncView sync) =>
        sync.State switch
        {
            CatalogueSyncState.Running => Shared.Meaning.Info,
            CatalogueSyncState.Done => Shared.Meaning.Good,
            CatalogueSyncState.Stopped => Shared.Meaning.Warn,
            _ => Shared.Meaning.Bad,
        };
}
