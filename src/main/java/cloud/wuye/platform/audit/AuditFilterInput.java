package cloud.wuye.platform.audit;

import cloud.wuye.platform.paging.InstantRangeInput;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** What to look for in the audit log; absent fields filter nothing. */
@Input("AuditFilterInput")
@Description("What to look for in the audit log; absent fields filter nothing.")
public record AuditFilterInput(
        @Description("The actor's user id.") String actor,
        @Description("The act, e.g. `device.retire`, or its beginning, e.g. `device.`.") String act,
        @Description("The kind of subject.") String subjectType,
        @Description("The subject's id.") String subjectId,
        @Description("When it was done.") InstantRangeInput at) {
    static final AuditFilterInput NONE = new AuditFilterInput(null, null, null, null, null);
}
