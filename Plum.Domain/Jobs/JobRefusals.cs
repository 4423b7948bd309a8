using Plum.Domain.Shared;

namespace Plum.Domain.Jobs;

public static class JobRefusals
{
    public static readonly Refusal IsRunning = new("job.is-running", "It is running now. Wait for it to end, then look at its outcome.");
}
