//! The pack for a quarterly planning.

macro_rules! planning {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! {
            $($then)*; $($before)*
        }
    };
}
