namespace Plum.Domain.Audit;

/// <summary>Where the chain does not hold.</summary>
/// <param name="EntryId">The entry concerned; null when it is an anchor that does not fit.</param>
public sealed record AuditFinding(AuditFindingKind Kind, long Position, long? EntryId)
{
    public string Words =>
        Kind switch
        {
            AuditFindingKind.Changed => $"Entry {EntryId} was changed after it was sealed, or its seal (position {Position}) was.",
            AuditFindingKind.Missing => $"Entry {EntryId}, sealed at position {Position}, is gone.",
            AuditFindingKind.Gap => $"The seal at position {Position} is gone.",
            AuditFindingKind.Anchor => $"The seal at position {Position} is not the one that was anchored outside the database.",
            _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
        };
}

public enum AuditFindingKind
{
    Changed = 1,
    Missing = 2,
    Gap = 3,
    Anchor = 4,
}

/// <summary>The chain walker: fed with seals in order of position, each with its entry, it says what does not fit.</summary>
public sealed class AuditWalk
{
    private byte[] _previous = AuditChain.Genesis;
    private long _position;

    public long Position => _position;

    /// <param name="position">Of the seal.</param>
    /// <param name="hash">As sealed.</param>
    /// <param name="entry">Null when the entry is gone.</param>
    /// <returns>What does not fit here. The walk goes on from the seal as it stands, so that one change is found at its own place only.</returns>
    public IEnumerable<AuditFinding> Step(long position, byte[] hash, long entryId, AuditEntry? entry)
    {
        var findings = new List<AuditFinding>();
        for (var gap = _position + 1; gap < position && findings.Count < 100; gap++)
        {
            findings.Add(new AuditFinding(AuditFindingKind.Gap, gap, null));
        }

        if (entry is null)
        {
            findings.Add(new AuditFinding(AuditFindingKind.Missing, position, entryId));
        }
        else if (findings.Count == 0 && !AuditChain.Hash(_previous, entry).AsSpan().SequenceEqual(hash))
        {
            findings.Add(new AuditFinding(AuditFindingKind.Changed, position, entryId));
        }

        (_previous, _position) = (hash, position);
        return findings;
    }
}
