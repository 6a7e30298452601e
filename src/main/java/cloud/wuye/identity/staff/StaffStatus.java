package cloud.wuye.identity.staff;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** Where a member of staff stands. */
@Enum("StaffStatus")
@Description("INVITING: the account is not complete, invite again; ACTIVE: may log in; DISABLED: may not.")
public enum StaffStatus {
    /** The account in the realm is not complete yet. */
    @Description("The account is not complete; invite again.")
    INVITING,
    /** May log in. */
    @Description("May log in.")
    ACTIVE,
    /** May not log in. */
    @Description("May not log in.")
    DISABLED
}
