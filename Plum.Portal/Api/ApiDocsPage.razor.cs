using Microsoft.OpenApi;
using Plum.Portal.Shared;

namespace Plum.Portal.Api;

/// <summary>The OpenAPI document for people, drawn by the portal itself: nothing of it comes from elsewhere, and no script runs.</summary>
public partial class ApiDocsPage(ApiDocument document)
{
    private static readonly Dictionary<string, IOpenApiSchema> NoFields = [];

    private readonly Loadable<OpenApiDocument> _document = new();

    protected override Task OnInitializedAsync() => LoadAsync(_document, document.ReadAsync);

    private static IEnumerable<(string Path, string Method, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations ?? []
        orderby path.Key, operation.Key.Method
        select (path.Key, operation.Key.Method, operation.Value);

    private static IEnumerable<(string Name, IOpenApiSchema Schema)> Schemas(OpenApiDocument document) =>
        (document.Components?.Schemas ?? NoFields).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value));

    private static string WordOf(ParameterLocation? place) =>
        place switch
        {
            ParameterLocation.Path => "in the path",
            ParameterLocation.Header => "header",
            _ => "in the query",
        };

    /// <summary>A schema by its name, or by what it is.</summary>
    private static string NameOf(IOpenApiSchema? schema) =>
        schema switch
        {
            null => "",
            OpenApiSchemaReference { Reference.Id: { } id } => id,
            { Items: { } items } => $"a list of {NameOf(items)}",
            { OneOf: { Count: > 0 } one } => string.Join(" or ", one.Select(NameOf).Where(n => n.Length > 0)),
            { Format: { Length: > 0 } format, Type: { } type } => $"{Of(type)} ({format})",
            { Type: { } type } => Of(type),
            _ => "",
        };

    private static string Of(JsonSchemaType type) =>
        (type & ~JsonSchemaType.Null).ToString().ToLowerInvariant() + (type.HasFlag(JsonSchemaType.Null) ? " or null" : "");
}
