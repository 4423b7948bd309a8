using Microsoft.AspNetCore.Components;
using Plum.Data.Notifications;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Notifications;

/// <summary>Every message as its reader sees it, with what became of it; the failed ones can be sent again.</summary>
public partial class OutboxPage(OutboxService outbox, MailOptions options, CurrentActor actor, Toasts toasts, NavigationManager navigation)
{
    private const int Size = 50;

    private readonly Loadable<Page<OutboxRow>> _page = new();
    private IReadOnlyDictionary<OutboxStatus, int> _counts = new Dictionary<OutboxStatus, int>();
    private OutboxView? _shown;
    private Refusal? _refusal;
    private string? _to;
    private bool _mayResend;

    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? Page { get; set; }

    /// <summary>The message that is open.</summary>
    [SupplyParameterFromQuery(Name = "id")]
    public long? Id { get; set; }

    private readonly bool _isSandbox = options.IsSandbox;
    private readonly string _from = options.From.ToString();

    private OutboxStatus? Wanted =>
        Enum.TryParse<OutboxStatus>(State, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;

    private int PageNumber => Math.Max(1, Page ?? 1);

    private ListAddress Address => ListAddress.Read(navigation.Uri, "state", "q", "id");

    protected override async Task OnParametersSetAsync()
    {
        var by = await actor.GetAsync();
        _mayResend = by.May(Act.ResendMessages);
        var query = new OutboxQuery((PageNumber - 1) * Size, Size, Wanted, Search);
        await LoadAsync(_page, ct => outbox.ListAsync(query, by, ct));
        _counts = await outbox.CountAsync(by, Leaving);
        if (_shown?.Id != Id)
        {
            _shown = Id is { } id ? await outbox.GetAsync(id, by, Leaving) : null;
            (_to, _refusal) = (_shown?.To, null);
        }
    }

    private void Go(string key, string? value) => navigation.NavigateTo(Address.With(key, value?.ToLowerInvariant()));

    private void CloseAsync() => navigation.NavigateTo(Address.With("id", null));

    private async Task ResendAsync()
    {
        if (_shown is not { } mail)
        {
            return;
        }

        var outcome = await outbox.ResendAsync(
            new ResendMessage(mail.Id, _to == mail.To ? null : _to),
            await actor.GetAsync(),
            CancellationToken.None
        );
        _refusal = (outcome as Outcome.Refused)?.Why;
        if (toasts.Show(outcome, "The message is queued again."))
        {
            _shown = null;
            CloseAsync();
        }
    }
}

public static class OutboxWords
{
    public static string Of(OutboxStatus status) =>
        status switch
        {
            OutboxStatus.Queued => "Queued",
            OutboxStatus.Sending => "Being sent",
            OutboxStatus.Sent => "Sent",
            OutboxStatus.Failed => "Failed",
            _ => "Unknown if it left",
        };

    public static Meaning MeaningOf(OutboxStatus status) =>
        status switch
        {
            OutboxStatus.Sent => Meaning.Good,
            OutboxStatus.Failed => Meaning.Bad,
            OutboxStatus.Unknown => Meaning.Warn,
            OutboxStatus.Sending => Meaning.Info,
            _ => Meaning.None,
        };

    /// <summary>What is to be done about it.</summary>
    public static string Of(MailFault fault) =>
        fault switch
        {
            MailFault.Passing => "it passes; tried again by itself",
            MailFault.Full => "the mailbox is full",
            MailFault.Address => "correct the address",
            MailFault.Policy => "the receiver declines it; use another channel",
            MailFault.Sender => "our own mail settings need mending",
            _ => "it may have left",
        };
}
