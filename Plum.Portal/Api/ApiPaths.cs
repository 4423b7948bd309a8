namespace Plum.Portal.Api;

/// <summary>Where the API and what belongs to it are.</summary>
public static class ApiPaths
{
    public const string All = "/api";
    public const string Base = "/api/v1";
    public const string Keys = "/api-keys";
    public const string Docs = "/api-docs";
    public const string Document = "/openapi/v1.json";

    public static string Allocation(string reference) => $"{Base}/allocations/{reference}";
}
