namespace Plum.Domain.Api;

/// <summary>What a key may be used for. Its owner's rights bound it besides.</summary>
[Flags]
public enum ApiScopes
{
    None = 0,
    AllocationsRead = 1,
    AllocationsWrite = 2,
    AllocationsSubmit = 4,
}

public static class ApiScopeNames
{
    public static IReadOnlyList<(ApiScopes Scope, string Name, string About)> All { get; } =
    [
        (ApiScopes.AllocationsRead, "allocations.read", "See files, their rows and what is wrong with them"),
        (ApiScopes.AllocationsWrite, "allocations.write", "Give files"),
        (ApiScopes.AllocationsSubmit, "allocations.submit", "Submit files to the checkers"),
    ];

    public static string Of(ApiScopes scope) => All.First(s => s.Scope == scope).Name;

    public static IReadOnlyList<string> List(ApiScopes scopes) => [.. All.Where(s => scopes.HasFlag(s.Scope)).Select(s => s.Name)];
}
