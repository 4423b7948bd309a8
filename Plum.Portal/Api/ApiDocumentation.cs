using System.Net.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plum.Domain.Api;

namespace Plum.Portal.Api;

/// <summary>The OpenAPI document: what no signature can say of the routes.</summary>
internal static class ApiDocumentation
{
    private const string Scheme = "key";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = route => $"/{route.RelativePath}".StartsWith($"{ApiPaths.Base}/", StringComparison.Ordinal);
        options.CreateSchemaReferenceId = type =>
            OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
                ? name.Replace("OfApi", "Of", StringComparison.Ordinal) is var plain && plain.StartsWith("Api", StringComparison.Ordinal)
                    ? plain["Api".Length..]
                    : plain
                : null;
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                Describe(operation, context);
                return Task.CompletedTask;
            }
        );
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Plum",
                    Version = "v1",
                    Description =
                        "Files of rewards, as in the portal: given, checked, submitted, followed. Every failure is a problem (RFC 9457) with the words "
                        + "that the portal would use. Lists are read to their end by following 'next'.",
                };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
                document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "A key of one client, made in the portal under API keys.",
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
                document.Servers = [new OpenApiServer { Url = "/" }]; // wherever this document was read
                return Task.CompletedTask;
            }
        );
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var route = context.Description;
        if (route.ActionDescriptor.EndpointMetadata.OfType<ApiNeeds>().FirstOrDefault() is { Scope: var scope })
        {
            operation.Description = string.Join(
                ' ',
                new[] { operation.Description, $"Scope: {ApiScopeNames.Of(scope)}." }.OfType<string>()
            );
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description = parameter.Name switch
            {
                "code" when parameter.In == ParameterLocation.Path => "The programme's.",
                "code" => "Only rows with this fault.",
                "reference" => "The file's, such as IPA-1023.",
                "cursor" => "Of 'next'; without one from the start.",
                "limit" => "How many at most, 1 to 200; 50 without one.",
                _ => parameter.Description,
            };
        }

        if (!string.Equals(route.HttpMethod, HttpMethod.Post.Method, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        operation.Parameters ??= [];
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = ApiOnce.Header,
                In = ParameterLocation.Header,
                Description =
                    "A text of your own, new with each new call. The same call sent again within 24 hours is answered as before, and does nothing; "
                    + "another one is refused.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ApiAnswer.KeyMaxLength },
            }
        );
        Retyped(operation);
    }

    /// <summary>A file is bytes, whatever the rows would be.</summary>
    private static void Retyped(OpenApiOperation operation)
    {
        if (operation.RequestBody is not OpenApiRequestBody { Content: { } content } body)
        {
            return;
        }

        body.Required = true;
        foreach (var type in content.Keys.Where(t => t != ApiContent.Json).ToList())
        {
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            content[type] = new OpenApiMediaType
            {
                Schema =
                    type == ApiContent.Form
                        ? new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["file"] = file },
                            Required = new HashSet<string>(StringComparer.Ordinal) { "file" },
                        }
                        : file,
            };
        }
    }
}

/// <summary>The document as the page shows it.</summary>
public sealed class ApiDocument(IOpenApiDocumentProvider provider)
{
    public Task<OpenApiDocument> ReadAsync(CancellationToken ct) => provider.GetOpenApiDocumentAsync(ct);
}
