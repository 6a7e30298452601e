package cloud.wuye.identity.resident;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** As what a resident stands in the company's books. */
@Enum("ResidentKind")
@Description("MEMBER (会员): a resident of long standing; GUEST (访客): one for a while.")
public enum ResidentKind {
    /** A resident of long standing. */
    @Description("A resident of long standing.")
    MEMBER,
    /** One for a while. */
    @Description("One for a while.")
    GUEST
}
