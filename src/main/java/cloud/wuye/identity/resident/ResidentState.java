package cloud.wuye.identity.resident;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** Whether a resident may use what is theirs. */
@Enum("ResidentState")
@Description("ACTIVE: may use what is theirs; DISABLED: may not, and cannot log in.")
public enum ResidentState {
    /** May use what is theirs. */
    @Description("May use what is theirs.")
    ACTIVE,
    /** May not, and cannot log in. */
    @Description("May not, and cannot log in.")
    DISABLED
}
