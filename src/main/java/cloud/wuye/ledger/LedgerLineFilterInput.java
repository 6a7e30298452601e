package cloud.wuye.ledger;

import cloud.wuye.platform.paging.InstantRangeInput;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which lines of an account a list shows; absent fields filter nothing. */
@Input("LedgerLineFilterInput")
@Description("Which lines of an account a list shows. Absent fields filter nothing.")
public record LedgerLineFilterInput(
        @Description("Only lines posted in this span of time; balances count all lines all the same.")
                InstantRangeInput postedAt) {
    static final LedgerLineFilterInput NONE = new LedgerLineFilterInput(null);
}
