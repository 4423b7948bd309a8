using Plum.Data.Imports;
using Plum.Domain.Access;
using Plum.Domain.Imports;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

/// <summary>What is taken away from an import: its rejected rows to be mended, and its mapping for the operator's command.</summary>
public static class ImportDownloads
{
    public static void MapImportDownloads(this IEndpointRouteBuilder app)
    {
        var import = app.MapGroup("/imports/{reference}").RequireAuthorization(nameof(Act.ImportHistory));
        import.MapGet("/rejected", RejectedAsync);
        import.MapGet("/mapping", MappingAsync);
    }

    private static async Task<IResult> RejectedAsync(string reference, HttpContext http, ImportService imports)
    {
        var by = CurrentActor.Of(http.User);
        return
            ImportReference.Parse(reference) is { } number
            && await imports.ViewAsync(number, by, http.RequestAborted) is { } view
            && imports.Rejected(view, by) is { } rows
            ? Results.Stream(rows, "text/csv; charset=utf-8", $"{ImportReference.Of(number)}-rejected.csv")
            : Results.NotFound();
    }

    private static async Task<IResult> MappingAsync(string reference, HttpContext http, ImportService imports) =>
        ImportReference.Parse(reference) is { } number
        && await imports.ViewAsync(number, CurrentActor.Of(http.User), http.RequestAborted) is { } view
            ? Results.File(ImportMappingFile.Write(view.Mapping), "application/json", $"{view.ClientCode}-mapping.json")
            : Results.NotFound();
}
