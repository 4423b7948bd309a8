namespace Plum.Data.Access;

/// <summary>What the installation says about access.</summary>
/// <param name="AllowDemonstration">True in Development alone: accounts with a known password open there.</param>
public sealed record AccessOptions(bool AllowDemonstration = false);
