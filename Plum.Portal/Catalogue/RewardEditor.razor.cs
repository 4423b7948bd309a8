using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Catalogue;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>The sheet in which a reward is offered or changed.</summary>
public sealed partial class RewardEditor : ComponentBase
{
    private static readonly IReadOnlyList<(string Value, string Text)> _kinds =
    [
        .. Enum.GetValues<RewardKind>().Select(k => (k.ToString(), CatalogueWords.Of(k))),
    ];

    private static readonly IReadOnlyList<(string Value, string Text)> _currencies = [.. Currencies.All.Select(c => (c, c))];

    private readonly RewardService _rewards;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;

    /// <summary>What the keys in the drafts stand for.</summary>
    private readonly Dictionary<string, BrandChoice> _brands = [];
    private readonly Dictionary<string, SupplierChoice> _suppliers = [];

    public RewardEditor(RewardService rewards, Viewer viewer, Toasts toasts)
    {
        (_rewards, _viewer, _toasts) = (rewards, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Code", "Code"),
            new FormField("Name", "Name"),
            new FormField("BrandId", "Brand", id => _brands.GetValueOrDefault(id)?.Name ?? id),
            new FormField("SupplierId", "Supplier", id => _suppliers.GetValueOrDefault(id)?.Name ?? id),
            new FormField("Kind", "Kind", k => CatalogueWords.Of(FormWords.Choice<RewardKind>(k))),
            new FormField("Country", "Country"),
            new FormField("Currency", "Currency"),
            new FormField("Denominations", "Fixed values"),
            new FormField("MinValue", "Lowest value"),
            new FormField("MaxValue", "Highest value"),
            new FormField("Delivery", "Minutes until it is delivered"),
            new FormField("IsActive", "In use")
        )
        {
            Changed = StateHasChanged,
        };
    }

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter]
    public EventCallback Saved { get; set; }

    private bool IsNew => _drafts.Key == FormDrafts.New;

    private string Example => $"{10m.ToString("F2", _viewer.Culture)}; {25m.ToString("F2", _viewer.Culture)}";

    public void Add() =>
        _drafts.Open(FormDrafts.New, new Dictionary<string, string> { ["Kind"] = nameof(RewardKind.GiftCard), ["Delivery"] = "0" });

    public void Edit(RewardRow row) => _drafts.Open(row.Id.ToString(), Values(row), row.Version);

    private BrandChoice? Brand(FormDraft draft) => _brands.GetValueOrDefault(draft["BrandId"]);

    private SupplierChoice? Supplier(FormDraft draft) => _suppliers.GetValueOrDefault(draft["SupplierId"]);

    private void Choose(FormDraft draft, BrandChoice? brand)
    {
        var key = brand?.Id.ToString() ?? "";
        if (brand is not null)
        {
            _brands[key] = brand;
        }

        draft["BrandId"] = key;
    }

    private void Choose(FormDraft draft, SupplierChoice? supplier)
    {
        var key = supplier?.Id.ToString() ?? "";
        if (supplier is not null)
        {
            _suppliers[key] = supplier;
        }

        draft["SupplierId"] = key;
    }

    private Dictionary<string, string> Values(RewardRow row)
    {
        var (brand, supplier, culture) = (row.BrandId.ToString(), row.SupplierId.ToString(), _viewer.Culture);
        _brands[brand] = new BrandChoice(row.BrandId, row.Brand);
        _suppliers[supplier] = new SupplierChoice(row.SupplierId, "", row.Supplier);
        var isRange = row.Denominations.Count == 0;
        return new Dictionary<string, string>
        {
            ["Code"] = row.Code,
            ["Name"] = row.Name,
            ["BrandId"] = brand,
            ["SupplierId"] = supplier,
            ["Kind"] = row.Kind.ToString(),
            ["Country"] = row.Country,
            ["Currency"] = row.Currency,
            ["Denominations"] = RewardValues.Write(row.Denominations, row.Currency, culture),
            ["MinValue"] = isRange ? AmountText.Of(row.MinValue, row.Currency, culture) : "",
            ["MaxValue"] = isRange ? AmountText.Of(row.MaxValue, row.Currency, culture) : "",
            ["Delivery"] = row.DeliveryMinutes.ToString(CultureInfo.InvariantCulture),
            ["IsActive"] = FormWords.Of(row.IsActive),
        };
    }

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (name, kind, country, currency) = (
            draft["Name"],
            FormWords.Choice<RewardKind>(draft["Kind"]),
            draft["Country"].Trim().ToUpperInvariant(),
            draft["Currency"]
        );
        var (brand, supplier, id) = (FormWords.Key(draft["BrandId"]), FormWords.Key(draft["SupplierId"]), FormWords.Key(_drafts.Key));
        var (values, wrong) = Read(draft, currency);
        var delivery = int.TryParse(draft["Delivery"].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? minutes
            : -1;
        wrong.AddRange(
            new[]
            {
                Refusals.ForText("Name", name, Reward.NameMaxLength),
                IsNew ? RewardRefusals.ForCode(draft["Code"]) : null,
                brand == Guid.Empty ? RewardRefusals.NoBrand : null,
                supplier == Guid.Empty ? RewardRefusals.NoSupplier : null,
                RewardRefusals.ForOrigin(kind, country, currency),
                RewardRefusals.ForDelivery(delivery),
            }.OfType<Refusal>()
        );
        if (!draft.Accepts(wrong))
        {
            return;
        }

        var outcome = IsNew
            ? await _rewards.OfferAsync(
                new OfferReward(
                    brand,
                    supplier,
                    draft["Code"],
                    name,
                    kind,
                    country,
                    currency,
                    values.Fixed,
                    values.Min,
                    values.Max,
                    delivery
                ),
                By,
                CancellationToken.None
            )
            : await _rewards.ChangeAsync(
                new ChangeReward(
                    id,
                    draft.Version,
                    supplier,
                    name,
                    values.Fixed,
                    values.Min,
                    values.Max,
                    FormWords.IsYes(draft["IsActive"]),
                    delivery
                ),
                By,
                CancellationToken.None
            );
        if (
            await draft.SettleAsync(
                outcome,
                async () => await _rewards.ViewAsync(id, By, CancellationToken.None) is { } row ? (Values(row), row.Version) : null
            )
        )
        {
            _toasts.Done(IsNew ? $"{name.Trim()} is offered." : $"{name.Trim()} is saved.");
            _drafts.Done();
            await Saved.InvokeAsync();
        }
    }

    private ((IReadOnlyList<long> Fixed, long Min, long Max) Values, List<Refusal> Wrong) Read(FormDraft draft, string currency)
    {
        if (!Currencies.Exists(currency))
        {
            return (([], 0, 0), []); // refused by itself: without it no amount can be read
        }

        var (culture, wrong) = (_viewer.Culture, new List<Refusal>());
        var isRange = string.IsNullOrWhiteSpace(draft["Denominations"]);
        var fixedValues = RewardValues.Read(draft["Denominations"], currency, culture);
        var min = isRange ? RewardValues.ReadOne(draft["MinValue"], currency, culture) : 0;
        var max = isRange ? RewardValues.ReadOne(draft["MaxValue"], currency, culture) : 0;
        foreach (
            var (field, isWrong) in new[] { ("Denominations", fixedValues is null), ("MinValue", min is null), ("MaxValue", max is null) }
        )
        {
            if (isWrong)
            {
                wrong.Add(RewardRefusals.NoAmount(field, currency));
            }
        }

        if (wrong.Count == 0 && RewardRefusals.ForValues(fixedValues!, min!.Value, max!.Value) is { } rule)
        {
            wrong.Add(rule);
        }

        return ((fixedValues ?? [], min ?? 0, max ?? 0), wrong);
    }
}
