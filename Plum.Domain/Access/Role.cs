namespace Plum.Domain.Access;

public enum Role
{
    Agent = 1,
    SeniorAgent = 2,
    Checker = 3,
    ProgrammeAdmin = 4,
    OpsLead = 5,
    Executive = 6,
    Auditor = 7,
    Administrator = 8,
    Partner = 9,
}
