df['a'] = df['b'].fillna(df['b'].median())
df = df[df.a > 3].rename(columns={'a': 'c'})
with open('x') as f:
    for i, (a, b) in enumerate(zip(df, f)):
        print(f'{i!r:>{a}}')
