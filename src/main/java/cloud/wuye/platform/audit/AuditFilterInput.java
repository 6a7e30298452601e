package cloud.wuye.platform.audit;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** What to look for in the audit log; absent fields filter nothing. */
@Input("AuditFilterInput")
@Description("What to look for in the audit log; absent fields filter nothing.")
public record AuditFilterInput(
        @Description("The actor's user id.") String actor,
        @Description("The act, e.g. `device.retire`, or its beginning, e.g. `device.`.") String act,
        @Description("The kind of subject.") String subjectType,
        @Description("The subject's id.") String subjectId,
        @Description("When it was done.") InstantRangeInput at,
        @Id @Description("The property company it was done in or to.") UUID companyId,
        @Description("true: only what operators of the platform did; false: only what others did.")
                Boolean byOperator) {
    /** A selection of those, from a statement without conditions. */
    Select select(String selectFrom) {
        return Select.of(selectFrom)
                .eq("actor", actor)
                .startsWith("act", act)
                .eq("subject_type", subjectType)
                .eq("subject_id", subjectId)
                .eq("tenant_id", companyId)
                .eq("by_operator", byOperator)
                .between("at", at);
    }

    static final AuditFilterInput NONE = new AuditFilterInput(null, null, null, null, null, null, null);
}
