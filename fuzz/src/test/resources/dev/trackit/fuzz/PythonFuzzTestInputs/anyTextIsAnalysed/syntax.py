class A[T](B, metaclass=M):
    async def f(self, *a: *T, **k) -> 'x': yield (await a)
match x:
    case {'a': [1, *_], **r} if r: pass
try:
    del a, (b[1:2, ...].c)
except* E as e: raise
lambda x, /, *, y=1: (z := x) if y else [*a for b in c if d]
