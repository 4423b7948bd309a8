using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Plum.Data.Allocations;
using Plum.Data.Api;
using Plum.Domain.Allocations;
using Plum.Domain.Api;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>The routes. Whoever comes here has passed <see cref="ApiGate"/>.</summary>
public static class ApiEndpoints
{
    private const int MostTaken = 200;
    private const int UsuallyTaken = 50;

    private static readonly Refusal BadLimit = new("api.limit", $"'limit' is a number from 1 to {MostTaken}.");
    private static readonly Refusal BadCursor = new("api.cursor", "This 'cursor' was not given by this list. Begin without one.");

    public static WebApplication MapPlumApi(this WebApplication app)
    {
        var api = app.MapGroup(ApiPaths.Base)
            .AllowAnonymous() // the gate has asked for the key
            .DisableAntiforgery()
            .RequireRateLimiting(ApiRate.Policy)
            .WithTags("Allocations")
            .AddEndpointFilter(
                async (context, next) =>
                {
                    try
                    {
                        return await next(context);
                    }
                    catch (ApiContentException e)
                    {
                        return e.Problem.ToResult();
                    }
                }
            );

        api.MapPost("/programmes/{code}/allocations", GiveAsync)
            .Needs(ApiScopes.AllocationsWrite)
            .WithName("giveAllocation")
            .WithSummary("Give a file, or rows")
            .WithDescription(
                "The same way as a file dropped in the portal: kept, read and checked row by row, from then on by itself. Follow it at Location. "
                    + "The columns of a file are recognised by their headers, or as the programme's last file had them."
            )
            .Accepts<ApiRows>(ApiContent.Json, ApiContent.Csv, ApiContent.Workbook, ApiContent.Form)
            .Produces<ApiAllocation>(StatusCodes.Status202Accepted)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422, 429);
        api.MapGet("/programmes/{code}/allocations", ListAsync)
            .Needs(ApiScopes.AllocationsRead)
            .WithName("listAllocations")
            .WithSummary("The files of a programme, the newest first")
            .Produces<ApiPage<ApiAllocationRow>>()
            .Fails(400, 401, 403, 404, 429);
        api.MapGet("/allocations/{reference}", ViewAsync)
            .Needs(ApiScopes.AllocationsRead)
            .WithName("getAllocation")
            .WithSummary("A file: its state, its counts, its totals and how far its rewards are")
            .Produces<ApiAllocation>()
            .Fails(401, 403, 404, 429);
        api.MapGet("/allocations/{reference}/errors", ErrorsAsync)
            .Needs(ApiScopes.AllocationsRead)
            .WithName("listAllocationErrors")
            .WithSummary("Its bad rows, with all that is wrong with each")
            .Produces<ApiPage<ApiBadRow>>()
            .Fails(400, 401, 403, 404, 429);
        api.MapGet("/allocations/{reference}/rows", RowsAsync)
            .Needs(ApiScopes.AllocationsRead)
            .WithName("listAllocationRows")
            .WithSummary("Its rows, with the order and the delivery of each")
            .Produces<ApiPage<ApiAllocationLine>>()
            .Fails(400, 401, 403, 404, 429);
        api.MapPost("/allocations/{reference}/submit", SubmitAsync)
            .Needs(ApiScopes.AllocationsSubmit)
            .WithName("submitAllocation")
            .WithSummary("Submit it to the checkers")
            .WithDescription(
                "Its budget is reserved, and people decide: what a key asks for always goes to a checker. The key's owner is the maker."
            )
            .Accepts<ApiSubmission>(ApiContent.Json)
            .Produces<ApiAllocation>(StatusCodes.Status202Accepted)
            .Fails(400, 401, 403, 404, 409, 413, 415, 422, 429);
        return app;
    }

    private static Task<IResult> GiveAsync(string code, HttpContext http, [FromServices] ApiGiving giving, [FromServices] ApiOnce once) =>
        once.DoAsync(http, key => giving.GiveAsync(http, code, key), () => giving.ReadAsync(http));

    private static Task<IResult> SubmitAsync(
        string reference,
        HttpContext http,
        [FromServices] ApiGiving giving,
        [FromServices] ApiOnce once
    ) => once.DoAsync(http, _ => giving.SubmitAsync(http, reference), () => ApiGiving.ReadSubmissionAsync(http));

    private static async Task<IResult> ViewAsync(string reference, HttpContext http, [FromServices] ApiStatus status) =>
        Found(await status.OfAsync(reference, http.Caller().Actor, http.RequestAborted));

    private static async Task<IResult> ListAsync(
        string code,
        string? cursor,
        string? limit,
        HttpContext http,
        [FromServices] ApiReading reading
    )
    {
        if (Page(cursor, limit) is not { Wrong: null } page)
        {
            return Page(cursor, limit).Wrong!.ToResult();
        }

        var by = http.Caller().Actor;
        if (await reading.ProgrammeAsync(code, by, http.RequestAborted) is not { } programme)
        {
            return Found<object>(null);
        }

        var files = await reading.FilesAsync(programme, page.From, page.Take + 1, by, http.RequestAborted);
        return Written(http, page, files, f => f.Number, f => ApiViews.Of(f));
    }

    private static async Task<IResult> ErrorsAsync(
        string reference,
        string? cursor,
        string? limit,
        string? code,
        HttpContext http,
        [FromServices] AllocationService files,
        [FromServices] MendService mend,
        [FromServices] ApiReading reading
    )
    {
        if (Page(cursor, limit) is not { Wrong: null } page)
        {
            return Page(cursor, limit).Wrong!.ToResult();
        }

        var by = http.Caller().Actor;
        if (
            AllocationReference.Parse(reference) is not { } number
            || await files.ViewAsync(number, by, http.RequestAborted) is not { } file
        )
        {
            return Found<object>(null);
        }

        var rows = await mend.PageAsync(
            new BadRowQuery(number, page.From ?? 0, Take: page.Take, FaultCode: string.IsNullOrEmpty(code) ? null : code),
            by,
            http.RequestAborted
        );
        var indexes =
            file.Intake == AllocationIntake.ApiRows && rows.Rows.Count > 0
                ? await reading.IndexesAsync(number, rows.Rows[^1].Line, http.RequestAborted)
                : null;
        return Results.Json(
            new ApiPage<ApiBadRow>(
                [.. rows.Rows.Select(r => ApiViews.Of(r, file.Form.Headers, indexes?[r.Line]))],
                rows.HasLater ? Next(http, page, rows.Rows[^1].Line) : null
            ),
            ApiProblem.Json
        );
    }

    private static async Task<IResult> RowsAsync(
        string reference,
        string? cursor,
        string? limit,
        HttpContext http,
        [FromServices] ApiReading reading
    )
    {
        if (Page(cursor, limit) is not { Wrong: null } page)
        {
            return Page(cursor, limit).Wrong!.ToResult();
        }

        return
            AllocationReference.Parse(reference) is { } number
            && await reading.RowsAsync(number, page.From ?? 0, page.Take + 1, http.Caller().Actor, http.RequestAborted) is { } rows
            ? Written(http, page, rows, r => r.Line, r => ApiViews.Of(r))
            : Found<object>(null);
    }

    private static IResult Found<T>(T? what)
        where T : class => what is null ? ApiProblem.Of(Refusals.NotFound).ToResult() : Results.Json(what, ApiProblem.Json);

    /// <param name="rows">One more than are wanted, where there are more.</param>
    private static IResult Written<TRow, T>(
        HttpContext http,
        Asked page,
        IReadOnlyList<TRow> rows,
        Func<TRow, long> key,
        Func<TRow, T> written
    )
    {
        var shown = rows.Take(page.Take).ToList();
        var next = rows.Count > page.Take ? Next(http, page, key(shown[^1])) : null;
        return Results.Json(new ApiPage<T>([.. shown.Select(written)], next), ApiProblem.Json);
    }

    private static string Next(HttpContext http, Asked page, long last) =>
        http.Request.Path
        + QueryString.Create(
            http.Request.Query.Where(q => q.Key is not ("cursor" or "limit"))
                .Append(new("cursor", ApiCursor.Write(last)))
                .Append(new("limit", page.Take.ToString(CultureInfo.InvariantCulture)))
        );

    private static Asked Page(string? cursor, string? limit)
    {
        var (take, from) = (UsuallyTaken, (long?)null);
        if (
            limit is not null
            && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out take) && take is > 0 and <= MostTaken)
        )
        {
            return new Asked(0, null, ApiProblem.Of(StatusCodes.Status400BadRequest, BadLimit));
        }

        if (cursor is not null && (from = ApiCursor.Read(cursor)) is null)
        {
            return new Asked(0, null, ApiProblem.Of(StatusCodes.Status400BadRequest, BadCursor));
        }

        return new Asked(take, from, null);
    }

    private sealed record Asked(int Take, long? From, ApiProblem? Wrong);

    private static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ApiProblem>(status, ApiProblem.ContentType);
        }

        return route;
    }
}

/// <summary>Where a list goes on, as a text that nobody should take apart.</summary>
internal static class ApiCursor
{
    private const string Form = "v1:";

    public static string Write(long last) =>
        System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Form}{last}"))
        );

    public static long? Read(string cursor)
    {
        try
        {
            var text = System.Text.Encoding.ASCII.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor));
            return
                text.StartsWith(Form, StringComparison.Ordinal)
                && long.TryParse(text[Form.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? last
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
