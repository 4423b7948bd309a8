namespace Plum.Portal.Sla;

/// <summary>What a page was asked to show; nothing when there is none, or while it is being made.</summary>
public sealed record Shown<T>(T? Value)
    where T : class;
