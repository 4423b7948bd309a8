using Microsoft.AspNetCore.Components;
using Plum.Data.Deliveries;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Deliveries;

/// <summary>A programme's templates, previewed with its newest order, and how its deliveries behave.</summary>
public partial class ProgrammeMessagesPage
{
    private static readonly (string, string)[] _channels =
    [
        .. Enum.GetValues<DeliveryChannel>().Select(c => (c.ToString(), DeliveryPageWords.Of(c))),
    ];
    private static readonly string _placeholders =
        $"Placeholders: {string.Join(", ", TemplateText.Placeholders.Keys.Select(k => $"{{{{{k}}}}}"))}.";

    private readonly MessageService _messages;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly FormDrafts _settings;
    private readonly Loadable<ProgrammeMessages?> _view = new();
    private OutgoingMessage? _preview;
    private Refusal? _testRefusal;
    private string _testTo = "";

    public ProgrammeMessagesPage(MessageService messages, Viewer viewer, Toasts toasts)
    {
        (_messages, _viewer, _toasts) = (messages, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Channel", "Channel"),
            new FormField("Language", "Language"),
            new FormField("Subject", "Subject"),
            new FormField("ProviderName", "Template name"),
            new FormField("Variables", "Variables"),
            new FormField("Body", "Text")
        )
        {
            Changed = StateHasChanged,
        };
        _settings = new FormDrafts(
            new FormField("Fallback", "Other channel"),
            new FormField("Language", "Language"),
            new FormField("LinkDays", "Days that links work"),
            new FormField("OpensTickets", "Make a ticket")
        )
        {
            Changed = StateHasChanged,
        };
    }

    [Parameter]
    public Guid Id { get; set; }

    private bool MayEdit => By.May(Act.EditMessages);

    private bool IsNew => _drafts.Key == FormDrafts.New;

    protected override Task OnAddressAsync() => ReadAsync();

    private Task ReadAsync() => LoadAsync(_view, ct => _messages.ViewAsync(Id, By, ct));

    private void Add()
    {
        var wording = BuiltInWording.Of(_view.Value!.Channel, _view.Value.Language);
        Open(FormDrafts.New, _view.Value.Channel, _view.Value.Language, wording.Texts, 0);
    }

    private void Edit(TemplateRow row) => Open(row.Id.ToString(), row.Channel, row.Language, row.Texts, row.Version);

    private void Open(string key, DeliveryChannel channel, string language, TemplateTexts texts, int version)
    {
        (_preview, _testRefusal) = (null, null);
        _drafts.Open(key, Values(channel, language, texts), version);
    }

    private static Dictionary<string, string> Values(DeliveryChannel channel, string language, TemplateTexts texts) =>
        new()
        {
            ["Channel"] = channel.ToString(),
            ["Language"] = language,
            ["Subject"] = texts.Subject ?? "",
            ["ProviderName"] = texts.ProviderName ?? "",
            ["Variables"] = string.Join('\n', texts.Variables),
            ["Body"] = texts.Body,
        };

    private PreviewTemplate Written()
    {
        var draft = _drafts.Current!;
        return new PreviewTemplate(
            Id,
            FormWords.Choice<DeliveryChannel>(draft["Channel"]),
            draft["Language"],
            new TemplateTexts(
                draft["Subject"],
                draft["Body"],
                draft["ProviderName"],
                draft["Variables"].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
        );
    }

    private bool Accepts(PreviewTemplate written) =>
        _drafts.Current!.Accepts(
            new[] { LanguageTag.Cannot("Language", written.Language) }
                .OfType<Refusal>()
                .Concat(TemplateRefusals.Each(written.Channel, written.Texts))
        );

    private async Task SaveAsync()
    {
        var (draft, written) = (_drafts.Current!, Written());
        if (!Accepts(written))
        {
            return;
        }

        Guid? id = IsNew ? null : Guid.Parse(_drafts.Key);
        var outcome = await _messages.WriteAsync(
            new WriteTemplate(Id, id, draft.Version, written.Channel, written.Language, written.Texts),
            By,
            CancellationToken.None
        );
        if (
            await draft.SettleAsync(
                outcome,
                async () =>
                    (await _messages.ViewAsync(Id, By, Leaving))?.Templates.SingleOrDefault(t => t.Id == id) is { } row
                        ? (Values(row.Channel, row.Language, row.Texts), row.Version)
                        : null
            )
        )
        {
            _toasts.Done("The template is saved.");
            _drafts.Done();
            await ReadAsync();
        }
    }

    private async Task RemoveAsync()
    {
        var outcome = await _messages.RemoveAsync(
            new RemoveTemplate(Guid.Parse(_drafts.Key), _drafts.Current!.Version),
            By,
            CancellationToken.None
        );
        if (_toasts.Show(outcome, "The template is gone: the next in the chain holds."))
        {
            _drafts.Done();
            await ReadAsync();
        }
    }

    private async Task PreviewAsync()
    {
        var written = Written();
        if (Accepts(written))
        {
            _preview = (await _messages.PreviewAsync(written, By, Leaving)).Message;
        }
    }

    private async Task TestAsync()
    {
        var written = Written();
        if (!Accepts(written))
        {
            return;
        }

        var outcome = await _messages.TestAsync(new TestTemplate(written, _testTo), By, CancellationToken.None);
        _testRefusal = (outcome as Outcome.Refused)?.Why;
        if (outcome is Outcome.Done)
        {
            _toasts.Done($"The test is sent to {_testTo.Trim()}. Its link opens nothing.");
        }
    }

    private void EditSettings()
    {
        var view = _view.Value!;
        _settings.Open("settings", SettingValues(view), view.Version);
    }

    private static Dictionary<string, string> SettingValues(ProgrammeMessages view) =>
        new()
        {
            ["Fallback"] = view.Fallback?.ToString() ?? "",
            ["Language"] = view.Language,
            ["LinkDays"] = FormWords.Of(view.LinkDays),
            ["OpensTickets"] = FormWords.Of(view.OpensTickets),
        };

    private async Task SaveSettingsAsync()
    {
        var draft = _settings.Current!;
        DeliveryChannel? fallback = draft["Fallback"].Length == 0 ? null : FormWords.Choice<DeliveryChannel>(draft["Fallback"]);
        var days = FormWords.Number(draft["LinkDays"]);
        if (!draft.Accepts(ProgrammeDelivery.Each(fallback, draft["Language"], days)))
        {
            return;
        }

        var outcome = await _messages.SetAsync(
            new SetProgrammeDelivery(Id, draft.Version, fallback, draft["Language"], days, FormWords.IsYes(draft["OpensTickets"])),
            By,
            CancellationToken.None
        );
        if (
            await draft.SettleAsync(
                outcome,
                async () => await _messages.ViewAsync(Id, By, Leaving) is { } view ? (SettingValues(view), view.Version) : null
            )
        )
        {
            _toasts.Done("The settings are saved.");
            _settings.Done();
            await ReadAsync();
        }
    }
}
