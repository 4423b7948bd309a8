using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

public class FormDraftTests
{
    private static readonly Dictionary<string, string> Saved = new()
    {
        ["Name"] = "Acme",
        ["Zone"] = "UTC",
        ["Days"] = "30",
    };

    private static FormDraft Draft()
    {
        var draft = new FormDraft(
            new FormField("Name", "Name"),
            new FormField("Zone", "Time zone", z => $"the zone {z}"),
            new FormField("Days", "Days")
        );
        draft.Fill(Saved, version: 3);
        return draft;
    }

    [Fact]
    public void What_is_typed_stays_as_it_was_typed_and_makes_the_draft_dirty_until_it_is_as_before()
    {
        var draft = Draft();
        Assert.False(draft.IsDirty);

        draft["Days"] = "thirty";
        Assert.True(draft.IsDirty);
        Assert.Equal("thirty", draft["Days"]);

        draft["Days"] = "30";
        Assert.False(draft.IsDirty);
    }

    [Fact]
    public void Refusals_stand_beside_their_fields_until_one_types_there_and_the_first_field_takes_the_focus_once()
    {
        var draft = Draft();

        Assert.False(
            draft.Accepts(
                new Refusal("x.zone", "No zone.", "Zone"),
                new Refusal("x.days", "No days.", "Days"),
                new Refusal("x.all", "Not now.")
            )
        );

        Assert.Equal(("No zone.", "No days.", null), (draft.For("Zone")?.Message, draft.For("Days")?.Message, draft.For("Name")?.Message));
        Assert.Equal(["Not now."], draft.ForWhole.Select(r => r.Message));
        Assert.Equal((false, true, false), (draft.TakesFocus("Days"), draft.TakesFocus("Zone"), draft.TakesFocus("Zone")));
        draft["Zone"] = "Asia/Tokyo";
        Assert.Null(draft.For("Zone"));
        Assert.NotNull(draft.For("Days"));
        Assert.True(draft.Accepts());
    }

    [Fact]
    public void After_somebody_else_saved_it_shows_what_they_changed_beside_mine()
    {
        var draft = Draft();
        draft["Name"] = "Acme Mine";

        draft.Meet(new Dictionary<string, string>(Saved) { ["Name"] = "Acme Theirs", ["Zone"] = "Asia/Tokyo" }, version: 4);

        Assert.Equal(
            [
                new StaleNotice.Change("Name", "Acme Theirs", "Acme Mine"),
                new StaleNotice.Change("Time zone", "the zone Asia/Tokyo", "not changed by you"),
            ],
            draft.Conflicts
        );
        Assert.Equal(("Acme Mine", 3), (draft["Name"], draft.Version)); // nothing is overwritten unasked
    }

    [Fact]
    public void Keeping_mine_keeps_what_I_changed_and_takes_theirs_for_the_rest()
    {
        var draft = Draft();
        draft["Name"] = "Acme Mine";
        draft.Meet(new Dictionary<string, string>(Saved) { ["Name"] = "Acme Theirs", ["Zone"] = "Asia/Tokyo" }, version: 4);

        draft.KeepMine();

        Assert.Equal(("Acme Mine", "Asia/Tokyo", 4, true), (draft["Name"], draft["Zone"], draft.Version, draft.IsDirty));
        Assert.Null(draft.Conflicts);
    }

    [Fact]
    public void Taking_theirs_leaves_nothing_of_mine()
    {
        var draft = Draft();
        draft["Name"] = "Acme Mine";
        draft.Meet(new Dictionary<string, string>(Saved) { ["Zone"] = "Asia/Tokyo" }, version: 4);

        draft.TakeTheirs();

        Assert.Equal(("Acme", "Asia/Tokyo", 4, false), (draft["Name"], draft["Zone"], draft.Version, draft.IsDirty));
    }
}
