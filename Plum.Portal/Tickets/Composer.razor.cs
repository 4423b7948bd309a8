using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Plum.Data.Drafts;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

public enum ComposerKind
{
    Reply = 1,
    Note = 2,
    Heard = 3,
}

/// <summary>Where one answers, notes and writes down what one was told. Each of the three keeps its own text.</summary>
public partial class Composer(
    TicketConversation conversation,
    AttachmentService attachments,
    MacroService macros,
    DraftService drafts,
    IJSRuntime js
)
{
    private readonly Dictionary<ComposerKind, string> _texts = [];
    private List<AttachmentRow> _files = [];
    private IReadOnlyList<MacroOption> _macros = [];
    private ComposerKind _kind = ComposerKind.Reply;
    private ElementReference _area;
    private Refusal? _refusal;
    private Guid _key = Guid.NewGuid();
    private string _body = "";
    private string? _to;
    private string? _newSince;
    private string? _thenMoveTo;
    private WaitingOn? _thenWaitOn;
    private IntakeChannel _via = IntakeChannel.Phone;
    private long _of;
    private int _startedAt;
    private bool _kept;
    private bool _sending;
    private bool _uploading;
    private bool _focus;

    [Parameter, EditorRequired]
    public TicketSheet Sheet { get; set; } = null!;

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    private string DraftState =>
        _body.Length == 0 ? ""
        : _kept ? "Draft saved"
        : "Draft not saved yet";

    private string AreaLabel =>
        _kind switch
        {
            ComposerKind.Reply => "Your reply",
            ComposerKind.Note => "Your note, for colleagues only",
            _ => "What they said, in their words",
        };

    private string SendLabel =>
        _kind switch
        {
            ComposerKind.Reply => "Send the reply",
            ComposerKind.Note => "Keep the note",
            _ => "Record it",
        };

    protected override async Task OnParametersSetAsync()
    {
        if (_of != Sheet.Id)
        {
            _of = Sheet.Id;
            _texts.Clear();
            (_body, _files, _refusal, _newSince, _kept) = ("", [], null, null, false);
            if (RendererInfo.IsInteractive)
            {
                _macros = await macros.ForTicketAsync(Sheet.Id, Desk.By, CancellationToken.None);
                await FindAgainAsync();
            }
        }

        if (Sheet.Addresses.All(a => a.Address != _to))
        {
            _to = Sheet.Addresses.Count > 0 ? Sheet.Addresses[0].Address : null;
        }

        if (_thenMoveTo is not null && Sheet.Moves.All(m => m.Code != _thenMoveTo))
        {
            _thenMoveTo = null; // no longer offered
        }

        _newSince =
            _body.Length > 0 && _startedAt != 0 && Sheet.Version != _startedAt
                ? "The ticket has changed since you began to write. Look at the timeline before you send."
                : null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus)
        {
            _focus = false;
            await js.InvokeVoidAsync("plum.focus", _area);
        }
    }

    /// <summary>Where the text of that kind is kept for whoever writes it.</summary>
    public static string DraftKey(string reference, ComposerKind kind) => $"ticket:{reference}:{kind.ToString().ToLowerInvariant()}";

    private string DraftKey(ComposerKind kind) => DraftKey(Sheet.Reference, kind);

    /// <summary>What one had typed and added before, here or on another machine.</summary>
    private async Task FindAgainAsync()
    {
        foreach (var kind in Enum.GetValues<ComposerKind>())
        {
            if (await drafts.ReadAsync(DraftKey(kind), Desk.By, CancellationToken.None) is { } draft)
            {
                _texts[kind] = draft.Text;
            }
        }

        _kind = _texts.Count > 0 && !_texts.ContainsKey(_kind) ? _texts.Keys.Min() : _kind;
        _body = _texts.GetValueOrDefault(_kind, "");
        _kept = _body.Length > 0;
        _files = [.. await attachments.ListPendingAsync(Sheet.Id, Desk.By, CancellationToken.None)];
    }

    private async Task KeepAsync(ComposerKind kind, string text) =>
        _kept = await drafts.KeepAsync(new KeepDraft(DraftKey(kind), text), Desk.By, CancellationToken.None) is Outcome.Done;

    private string Pressed(ComposerKind kind) => _kind == kind ? "true" : "false";

    private Task TurnAsync(ComposerKind kind)
    {
        _texts[_kind] = _body;
        (_kind, _body, _refusal, _focus) = (kind, _texts.GetValueOrDefault(kind, ""), null, true);
        _kept = _body.Length > 0;
        return Task.CompletedTask;
    }

    private void Typed()
    {
        _refusal = null;
        _startedAt =
            _body.Length == 0 ? 0
            : _startedAt == 0 ? Sheet.Version
            : _startedAt;
        Desk.Typing(_body.Length > 0);
    }

    private async Task FillAsync(ChangeEventArgs e)
    {
        if (
            !Guid.TryParse(e.Value as string, out var id)
            || await macros.FillAsync(id, Sheet.Id, Desk.By, CancellationToken.None) is not { } filled
        )
        {
            return;
        }

        _body = _body.Trim().Length == 0 ? filled.Text : $"{_body.TrimEnd()}\n\n{filled.Text}"; // what was typed stays
        _thenWaitOn = filled.ThenWaitOn ?? _thenWaitOn;
        _focus = true;
        Typed();
        if (filled.Missing.Count > 0)
        {
            _refusal = new Refusal(
                "composer.missing",
                $"The ticket has nothing for {string.Join(", ", filled.Missing.Select(m => $"{{{{{m}}}}}"))}. Fill it in before you send.",
                "Message"
            );
        }
    }

    private async Task UploadAsync(InputFileChangeEventArgs e)
    {
        (_uploading, _refusal) = (true, null);
        foreach (var file in e.GetMultipleFiles(TicketAttachment.MaxPerMessage))
        {
            // One byte more than is taken, so that the service can say that there was more.
            await using var content = file.OpenReadStream(Math.Max(file.Size, 1) + 1);
            var outcome = await attachments.UploadAsync(Sheet.Id, file.Name, content, await Desk.WhoAsync(), CancellationToken.None);
            if (outcome is Outcome.Done { Key: { } key })
            {
                _files = [.. _files, .. await attachments.ListPendingAsync([Guid.Parse(key)], Desk.By, CancellationToken.None)];
            }
            else if (outcome is Outcome.Refused refused)
            {
                _refusal = refused.Why with { Field = "File" };
            }
        }

        _uploading = false;
    }

    private async Task DropAsync(AttachmentRow file)
    {
        await attachments.DiscardAsync(file.Id, await Desk.WhoAsync(), CancellationToken.None);
        _files = [.. _files.Where(f => f.Id != file.Id)];
    }

    private async Task SendAsync()
    {
        if (_sending)
        {
            return; // the same click twice
        }

        _sending = true;
        try
        {
            _refusal = await Desk.DoAsync(CommandAsync, Done());
            if (_refusal is null)
            {
                (_body, _files, _thenMoveTo, _thenWaitOn, _startedAt, _newSince, _key) = ("", [], null, null, 0, null, Guid.NewGuid());
                _texts.Remove(_kind);
                Desk.Typing(false);
                await KeepAsync(_kind, "");
            }
            else
            {
                _startedAt = Sheet.Version; // told; the next press sends it on top of what is shown now
            }
        }
        finally
        {
            _sending = false;
        }
    }

    private Task<Outcome> CommandAsync(Actor by)
    {
        var files = _files.Select(f => f.Id).ToList();
        return _kind switch
        {
            ComposerKind.Reply => conversation.ReplyAsync(
                new ReplyToTicket(
                    Sheet.Id,
                    Sheet.Version,
                    _key,
                    _body,
                    _to,
                    files,
                    _thenWaitOn,
                    string.IsNullOrEmpty(_thenMoveTo) ? null : _thenMoveTo
                ),
                by,
                CancellationToken.None
            ),
            ComposerKind.Note => conversation.NoteAsync(new NoteOnTicket(Sheet.Id, _body, files), by, CancellationToken.None),
            _ => conversation.HearAsync(new RecordIncoming(Sheet.Id, _body, _via, files), by, CancellationToken.None),
        };
    }

    private string Done() =>
        _kind switch
        {
            ComposerKind.Reply => $"The reply to {_to} is on its way.",
            ComposerKind.Note => "The note is kept.",
            _ => "It is recorded.",
        };
}
