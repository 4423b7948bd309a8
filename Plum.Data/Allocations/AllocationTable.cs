using System.Text.Json;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Clients;

namespace Plum.Data.Allocations;

/// <summary>Writes staged rows by the thousand.</summary>
internal static class AllocationTable
{
    public static BulkTable<StagedRow> Of(BulkTables tables, AllocationFile file) =>
        tables.Into<StagedRow, AllocationRow>(map =>
            map.Long(nameof(AllocationRow.Id), r => AllocationRow.IdOf(file.Number, r.Line))
                .Guid(nameof(AllocationRow.FileId), _ => file.Id)
                .Guid(nameof(AllocationRow.ProgrammeId), _ => file.ProgrammeId)
                .Name<AllocationRowState>(
                    nameof(AllocationRow.State),
                    r => r.Draft.IsGood ? AllocationRowState.Good : AllocationRowState.Bad
                )
                .Text(nameof(AllocationRow.Key), r => r.Draft.IsGood ? r.Draft.Key : null)
                .Text(nameof(AllocationRow.Reference), r => r.Draft.IsGood ? r.Draft.Reference : null)
                .Text(nameof(AllocationRow.Name), r => r.Draft.IsGood ? r.Draft.Name : null)
                .Text(nameof(AllocationRow.Email), r => r.Draft.IsGood ? r.Draft.Email : null)
                .Text(nameof(AllocationRow.Phone), r => r.Draft.IsGood ? r.Draft.Phone : null)
                .Text(nameof(AllocationRow.EmployeeNumber), r => r.Draft.IsGood ? r.Draft.EmployeeNumber : null)
                .Text(nameof(AllocationRow.Country), r => r.Draft.IsGood ? r.Draft.Country : null)
                .Text(nameof(AllocationRow.Language), r => r.Draft.IsGood ? r.Draft.Language : null)
                .Name<DeliveryChannel>(nameof(AllocationRow.Channel), r => r.Draft.IsGood ? r.Draft.Channel : null)
                .Guid(nameof(AllocationRow.RewardId), r => r.Draft.IsGood ? r.Draft.RewardId : null)
                .Long(nameof(AllocationRow.Value), r => r.Draft.IsGood ? r.Draft.Value : 0)
                .Text(nameof(AllocationRow.Currency), r => r.Draft.IsGood ? r.Draft.Currency : null)
                .Text(nameof(AllocationRow.Message), r => r.Draft.IsGood ? r.Draft.Message : null)
                .Text(nameof(AllocationRow.Cells), r => r.Draft.IsGood ? null : Json(StagedRow.Kept(r.Cells, file.Form.Headers.Count)))
                .Text(nameof(AllocationRow.Faults), r => r.Draft.Faults is { } faults ? Json<IReadOnlyList<AllocationFault>>(faults) : null)
        );

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
