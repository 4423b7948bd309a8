using System.Globalization;
using Plum.Data.Allocations;
using Plum.Data.Api;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>What the services say, as the API says it.</summary>
internal static class ApiViews
{
    public static ApiAllocation Of(AllocationView file, AllocationProgressView progress)
    {
        var self = ApiPaths.Allocation(AllocationReference.Of(file.Number));
        return new ApiAllocation(
            AllocationReference.Of(file.Number),
            new ApiProgramme(file.ProgrammeCode, file.ProgrammeName),
            file.FileName,
            file.Bytes,
            ApiNames.Of(file.State),
            file.UploadedAtUtc,
            file.Who,
            file.CheckedAtUtc is not null ? 1
                : file.Bytes == 0 ? 0
                : Math.Round(Math.Min(1, (double)file.BytesRead / file.Bytes), 3),
            file.CheckedAtUtc,
            progress.ScheduledAtUtc,
            file.Error,
            file.Version,
            new ApiCounts(file.Rows, file.Good, file.Bad, file.Excluded),
            [
                .. file.Totals.Select(t => new ApiTotal(
                    t.Currency,
                    t.Rows,
                    t.MinorUnits,
                    Amount(t.Total),
                    t.Budget is { } budget ? Amount(new Money(budget, t.Currency)) : null
                )),
            ],
            [.. file.Faults.Select(f => new ApiFaultCount(f.Code, f.Rows))],
            new ApiFunnel(
                file.Good,
                progress.Ordered,
                progress.Issued,
                progress.Sent,
                progress.Delivered,
                progress.Opened,
                progress.RefusedOrders,
                progress.Undelivered
            ),
            [
                .. progress.Requests.Select(r => new ApiRequest(
                    RequestReference.Of(r.RequestId),
                    ApiNames.Of(r.State),
                    r.Amount.Currency,
                    Amount(r.Amount),
                    r.StepsDone,
                    r.StepsNeeded
                )),
            ],
            new ApiSubmit(file.CannotSubmit is null, file.CannotSubmit?.Message),
            new ApiLinks(self, $"{self}/errors", $"{self}/rows", $"{self}/submit")
        );
    }

    public static ApiAllocationRow Of(ApiFileRow file)
    {
        var reference = AllocationReference.Of(file.Number);
        return new ApiAllocationRow(
            reference,
            file.FileName,
            ApiNames.Of(file.State),
            file.UploadedAtUtc,
            file.Who,
            new ApiCounts(file.Rows, file.Good, file.Bad, file.Excluded),
            ApiPaths.Allocation(reference)
        );
    }

    /// <param name="index">Of the row in the JSON that was sent; null of a file.</param>
    public static ApiBadRow Of(BadRow row, IReadOnlyList<string> headers, long? index) =>
        new(
            row.Line,
            ApiNames.Of(row.State),
            headers.Zip(row.Cells).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal),
            [
                .. row.Faults.Select(f => new ApiRowFault(
                    f.Code,
                    f.ToString(),
                    f.Column,
                    f.Value,
                    f.Allowed,
                    f.Remedy,
                    row.Line,
                    index is { } at ? $"#/rows/{at}{(f.Column is null ? "" : $"/{ApiRowsReading.Escaped(f.Column)}")}" : null
                )),
            ]
        );

    public static ApiAllocationLine Of(ApiRow row) =>
        new(
            row.Line,
            ApiNames.Of(row.State),
            row.Reference,
            row.Name,
            row.Email,
            row.Phone,
            row.EmployeeNumber,
            row.Country,
            row.Channel is { } channel ? ApiNames.Of(channel) : null,
            row.Reward,
            row.Value is { } value ? Amount(value) : null,
            row.Value?.Currency,
            row.OrderId is { } order ? OrderReference.Of(order) : null,
            row.Order is { } status ? ApiNames.Of(status) : null,
            row.Delivery is { } delivery ? ApiNames.Of(delivery) : null,
            row.Faults
        );

    private static string Amount(Money money) =>
        money.Major.ToString("F" + Currencies.Exponent(money.Currency), CultureInfo.InvariantCulture);
}
